; Inno Setup recipe for Windows. Begun, not run: see installer/README.md.
; First `python installer\build.py` on Windows, then: iscc /DVersion=0.1.0 installer\windows\casefile.iss
#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId={{5B1B6C1E-5C0E-4E19-9E59-0C5E0C2E7A41}
AppName=Casefile
AppVersion={#Version}
AppPublisher=Casefile developers
DefaultDirName={autopf}\Casefile
DefaultGroupName=Casefile
DisableProgramGroupPage=yes
OutputDir=..\..\dist
OutputBaseFilename=casefile-{#Version}-setup
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
UninstallDisplayIcon={app}\casefile.exe
; An officer without rights on the machine may install for themselves.
PrivilegesRequiredOverridesAllowed=dialog

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\dist\casefile\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Casefile"; Filename: "{app}\casefile.exe"; Parameters: "open"

[Run]
; The installed program tests itself before anybody relies on it.
Filename: "{app}\casefile.exe"; Parameters: "self-test"; Flags: runhidden; StatusMsg: "Testing the installed program..."

; Stores are records: uninstalling removes the program and leaves them where they are.
