"""The look in force: light, dark or high contrast with the system, at the reader's own size of type."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import interface_font, load_fonts
from ui.theme.icons import ARROW, RISE, TICK, save_stroke
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import Colours, high_contrast, load

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
SCHEMES = ("system", "light", "dark", "contrast", "contrast dark")


class Theme(QObject):
    """Dresses the application and tells who draws by hand which colours to use.

    Signals:
        changed: The colours or the size of type are others now.
    """

    changed = Signal()

    def __init__(self, app: QApplication, scheme: str = "system", scale: float = 1.0) -> None:
        """Dress *app*; follows the system from then on while *scheme* is ``system``."""
        super().__init__(app)
        self._app = app
        self._tokens = load()
        self._scheme = scheme
        self._scale = scale
        self._colours = self._wanted()
        self._folder = tempfile.TemporaryDirectory(prefix="casefile-look-")
        self.destroyed.connect(self._folder.cleanup)
        found = load_fonts()
        families = self._tokens.type.families
        self._families = tuple(one for one in families if one in found) + families
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._dress()

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return self._colours

    @property
    def scheme(self) -> str:
        """One of :data:`SCHEMES`."""
        return self._scheme

    @property
    def scale(self) -> float:
        """How large type is: 1.0 is 13 pixels, 2.0 twice that."""
        return self._scale

    def px(self, size: float) -> int:
        """Pixels for a distance given at 100 %."""
        return round(size * self._scale)

    def set_scheme(self, scheme: str) -> None:
        """Change to one of :data:`SCHEMES`."""
        self._scheme = scheme if scheme in SCHEMES else "system"
        self._dress()

    def set_scale(self, scale: float) -> None:
        """Change the size of type, between 100 and 200 per cent."""
        self._scale = min(max(scale, SCALES[0]), SCALES[-1])
        self._dress()

    def bigger(self, steps: int = 1) -> None:
        """Go up (or down) the ladder of sizes."""
        nearest = min(range(len(SCALES)), key=lambda place: abs(SCALES[place] - self._scale))
        self.set_scale(SCALES[min(max(nearest + steps, 0), len(SCALES) - 1)])

    def _wanted(self) -> Colours:
        """The colours that the scheme asks for, and the system where it is followed."""
        hints = self._app.styleHints()
        dark = self._scheme.endswith("dark") or (
            self._scheme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark
        )
        if self._scheme.startswith("contrast") or (
            self._scheme == "system" and self._system_wants_contrast()
        ):
            return high_contrast(dark)
        return self._tokens.dark if dark else self._tokens.light

    def _system_wants_contrast(self) -> bool:
        return (
            self._app.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        )

    def _follow(self) -> None:
        if self._scheme == "system":
            self._dress()

    def _dress(self) -> None:
        colours = self._colours = self._wanted()
        self._app.setFont(interface_font(self._families, self.px(self._tokens.type.base)))
        self._app.setPalette(palette(colours))
        pictures = {
            "arrow": (colours.quiet, ARROW),
            "rise": (colours.quiet, RISE),
            "tick": (colours.on_accent, TICK),
        }
        paths: dict[str, str] = {}
        for name, (colour, stroke) in pictures.items():
            path = Path(self._folder.name) / f"{name}-{colour[1:]}.png"
            if not path.exists():
                save_stroke(path, colour, stroke)
            paths[name] = path.as_posix()
        plain = colours.danger_ground == colours.surface
        self._app.setStyleSheet(stylesheet(self._tokens, colours, self._scale, paths, plain=plain))
        self.changed.emit()


def palette(colours: Colours) -> QPalette:
    """Qt's palette in the house's colours."""
    role = QPalette.ColorRole
    found = QPalette()
    for where, colour in {
        role.Window: colours.window,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Button: colours.surface,
        role.ToolTipBase: colours.surface,
        role.WindowText: colours.text,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.quiet,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Mid: colours.hairline,
        role.Dark: colours.edge,
        role.Light: colours.surface,
        role.Midlight: colours.sunken,
        role.Shadow: colours.edge,
        role.Accent: colours.accent,
    }.items():
        found.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.quiet))
    return found
