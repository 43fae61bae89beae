"""Words of the demo shop."""

FIRST = (
    "Ștefan", "Ioana", "Bogdan", "Elena", "Cătălina", "Răzvan", "Mădălina", "Gheorghe", "Andrei", "Teodora",
    "Cosmin", "Anca", "Larisa", "Iulian", "Dragoș", "Ilinca", "Mihai", "Simona", "Țuțu", "Ancuța", "Florin",
    "Gabriela", "Ionuț", "Cristina", "Rareș", "Oana", "Sorina", "Vasile", "Zoltán", "Eszter",
)  # fmt: skip
LAST = (
    "Ungureanu", "Țăranu", "Fărcaș", "Cîmpeanu", "Șerban", "Pârvulescu", "Țurcanu", "Văcărescu", "Știrbu",
    "Pătrașcu", "Grigoraș", "Stănescu", "Bălănescu", "Năstase", "Mânzatu", "Bârsănescu", "Popescu", "Crețu",
    "Oprișan", "Ciobănel", "Iftodi", "Zăvoianu", "Bîrlădeanu", "Moldovan", "Szabó", "Ștefănescu", "Cojocaru",
)  # fmt: skip
TRADES = (
    "Florăria", "Brutăria", "Hotel", "Pensiunea", "Cabinet Dr.", "Librăria", "Farmacia", "Clinica", "Cofetăria",
    "Service Auto", "Velo Club", "Școala", "Grădinița", "Studio",
)  # fmt: skip
TRADE_NAMES = (
    "Crin", "Spic", "Topaz", "Cedru", "Luceafărul", "Alba", "Orizont", "Pop", "Mureșan", "Băcilă", "Făgăraș", "Ștefan",
    "Belvedere", "Mărăști", "Țara Moților", "Zorile", "Steaua", "Ceahlău",
)  # fmt: skip
TAGS = ("fidel", "VIP", "garanție extinsă", "sună înainte", "plătește greu")
RELATIVES = ("soția", "soțul", "mama", "la birou", "fiul")
STREETS = ("Memorandumului", "Horea", "Observatorului", "Dorobanților", "Eroilor", "Plopilor", "Mărăști")
COLOURS = ("negru", "alb", "grafit", "argintiu", "albastru", "verde")
MODELS: dict[str, tuple[tuple[str, str], ...]] = {
    "phone": (
        ("Apple", "iPhone 13 128 GB"), ("Apple", "iPhone 11 64 GB"), ("Apple", "iPhone 14 Pro"),
        ("Samsung", "Galaxy S22"), ("Samsung", "Galaxy A54 5G"), ("Xiaomi", "Redmi Note 12"), ("Google", "Pixel 7a"),
        ("Motorola", "Moto G54"), ("Huawei", "P30 Lite"), ("OnePlus", "Nord 3"),
    ),
    "laptop": (
        ("Lenovo", "IdeaPad 3 15"), ("Apple", "MacBook Air 13 M1"), ("ASUS", "TUF Gaming F15"), ("Acer", "Nitro 5"),
        ("Dell", "XPS 13"), ("HP", "Pavilion 15"),
    ),
    "tablet": (("Apple", "iPad 9 Wi-Fi 64 GB"), ("Samsung", "Galaxy Tab A8")),
    "watch": (("Tissot", "PRX Powermatic 80"), ("Garmin", "Fenix 6 Pro"), ("Seiko", "5 Sports"), ("Fossil", "Gen 6")),
    "tv": (("LG", "OLED55B3"), ("Samsung", "UE43")),
    "console": (("Sony", "PlayStation 5 Slim"), ("Nintendo", "Switch OLED")),
    "bike": (("Pegas", "Clasic 2S"), ("Merida", "Big Nine"), ("Cube", "Aim Pro 29")),
    "scooter": (("Xiaomi", "Electric Scooter 3"),),
    "coffee": (("De’Longhi", "Magnifica S"), ("Philips", "LatteGo 3200")),
    "washer": (("Bosch", "Serie 6 WAU28"), ("Arctic", "NF 60 cm")),
    "printer": (("HP", "LaserJet M110we"), ("Epson", "L3250")),
    "appliance": (("Dyson", "V11 Absolute"), ("Tefal", "Actifry")),
}  # fmt: skip
COMPLAINTS: dict[str, tuple[str, ...]] = {
    "phone": (
        "Ecran spart, imagine cu linii verzi; tactilul merge doar în partea de jos.", "Bateria ține o oră.",
        "Nu se aude la apeluri.", "Nu ia semnal după cădere.", "Nu se încarcă prin cablu.", "A căzut în apă, nu pornește.",
    ),
    "laptop": (
        "Mufă de încărcare slăbită.", "Lichid vărsat pe tastatură.", "Se supraîncălzește în jocuri.",
        "Curățare și pastă termică.", "Nu pornește, ledul clipește de trei ori.",
    ),
    "tablet": ("Baterie umflată.", "Ecran crăpat în colț."),
    "watch": ("Rămâne în urmă 4 min/zi.", "Geam zgâriat.", "Nu se încarcă prin cablu.", "S-a oprit."),
    "tv": ("Fără imagine, sunetul merge.", "Linii orizontale pe ecran."),
    "console": ("Se oprește după 10 minute.", "Nu citește discurile."),
    "bike": ("Frână spate, roată de centrat.", "Revizie completă.", "Schimbătorul sare treptele."),
    "scooter": ("Cameră spartă, roata din față.", "Nu se încarcă."),
    "coffee": ("Pierde apă pe dedesubt.", "Nu macină."),
    "washer": ("Nu evacuează apa.", "Compresor zgomotos."),
    "printer": ("Blocaj de hârtie la ieșire.", "Cap de printare înfundat."),
    "appliance": ("Aspiră slab, miros de ars.", "Nu încălzește."),
}  # fmt: skip
FOUND = (
    "Ecran înlocuit, tactil și senzori verificați.", "Contact oxidat, curățat cu ultrasunete.", "Piesă uzată, înlocuită.",
    "Reglaj și testare 24 de ore.", "Conector relipit.", "Soft reinstalat, date păstrate.",
)  # fmt: skip
REASONS = (
    "Placa de bază nu se mai poate repara.",
    "Clientul a renunțat.",
    "Piesa nu se mai fabrică.",
    "Prețul depășește valoarea.",
)
COMMENTS = (
    "Ecran montat, testez Face ID.", "Carcasa are o lovitură lângă mufă, am pozat-o.", "Am sunat clientul, revine mâine.",
    "Piesa a ajuns, o montez azi.", "Atenție, șurub lipsă la primire.",
)  # fmt: skip
TASKS = (
    "Comandă piesa la furnizor",
    "Test Face ID, tactil, camere",
    "Sună clientul când e gata",
    "Verifică etanșarea",
)
PREFIX = {
    "phone": "TEL", "tablet": "TEL", "laptop": "LAP", "watch": "CEA", "tv": "TVM", "console": "CON", "bike": "BIC",
    "scooter": "BIC", "coffee": "ELE", "washer": "ELE", "printer": "IMP", "appliance": "ELE",
}  # fmt: skip
CATALOGUE: tuple[tuple[str, str, str, int, int, int], ...] = (
    ("work", "TEL-M01", "Înlocuire ecran telefon", 18000, 0, 6),
    ("work", "TEL-M02", "Înlocuire baterie", 9000, 0, 6),
    ("work", "TEL-M03", "Curățare contact încărcare", 8000, 0, 3),
    ("part", "TEL-P01", "Ecran OLED compatibil A+", 35000, 21000, 12),
    ("part", "TEL-P02", "Baterie Li-ion", 14000, 6500, 12),
    ("part", "TEL-P03", "Mufă încărcare USB-C", 6000, 1800, 6),
    ("work", "LAP-M01", "Curățare și pastă termică", 15000, 0, 3),
    ("work", "LAP-M02", "Reparație placă de bază", 38000, 0, 6),
    ("part", "LAP-P01", "Tastatură laptop", 22000, 12000, 12),
    ("part", "LAP-P02", "SSD NVMe 512 GB", 27000, 18000, 24),
    ("work", "CEA-M01", "Revizie mecanism", 25000, 0, 12),
    ("part", "CEA-P01", "Baterie ceas, etanșare", 5000, 900, 12),
    ("work", "TVM-M01", "Reparație sursă TV", 28000, 0, 6),
    ("part", "TVM-P01", "Bară LED", 18000, 8000, 12),
    ("work", "CON-M01", "Curățare și pastă consolă", 16000, 0, 3),
    ("part", "CON-P01", "Port HDMI", 9000, 2500, 6),
    ("work", "BIC-M01", "Revizie completă bicicletă", 20000, 0, 3),
    ("part", "BIC-P01", "Cameră și anvelopă", 12000, 6000, 6),
    ("work", "ELE-M01", "Diagnostic și manoperă electrocasnice", 14000, 0, 6),
    ("part", "ELE-P01", "Pompă evacuare", 16000, 8000, 12),
    ("work", "IMP-M01", "Curățare cap de printare", 12000, 0, 3),
    ("part", "IMP-P01", "Rolă preluare hârtie", 7000, 2500, 6),
)
"""Kind, code, name, price and cost (bani), months of warranty."""
