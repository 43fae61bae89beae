; Windows setup of the frozen folder: iscc installer\ticketdesk.iss, after installer\build.py
[Setup]
AppName=TicketDesk
AppVersion=0.1.0
DefaultDirName={autopf}\TicketDesk
DefaultGroupName=TicketDesk
OutputDir=..\dist
OutputBaseFilename=ticketdesk-setup
Compression=lzma2
SolidCompression=yes
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequired=lowest

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\dist\ticketdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\TicketDesk"; Filename: "{app}\ticketdesk.exe"
Name: "{autodesktop}\TicketDesk"; Filename: "{app}\ticketdesk.exe"
