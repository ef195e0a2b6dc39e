/// Words of wishes and what they stand for, in English, German, French, Spanish and Turkish.
enum WishTable {
    /// The signs of each word; words are folded, see `WishWord`.
    static let signs: [String: Set<WishSign>] = {
        var table: [String: Set<WishSign>] = [:]
        for (sign, words) in words {
            for word in words.split(whereSeparator: \.isWhitespace) {
                table[WishWord(String(word)).folded, default: []].insert(sign)
            }
        }
        return table
    }()

    /// The name that models give a thing, by the words for it.
    static let things: [String: String] = {
        var table: [String: String] = [:]
        for (name, words) in objects {
            for word in words.split(whereSeparator: \.isWhitespace) { table[WishWord(String(word)).folded] = name }
        }
        return table
    }()

    /// Words that only join others.
    static let joining: Set<String> = Set(
        """
        the a an and or of with in on at to for my our all any some more most best when where who is are
        der die das den dem ein eine einen einer und oder mit im in am auf von vom zu zum für mein meine unser alle wenn
        le la les l un une des de du et ou avec dans sur pour mon ma mes notre tous toutes quand
        el los las unos unas y o con en sobre para mi mis nuestro todos todas cuando del al
        ve veya ile bir için bu şu o da
        """.split(whereSeparator: \.isWhitespace).map { WishWord(String($0)).folded }
    )

    private static let words: [(WishSign, String)] = [
        (
            .cheer,
            """
            cheer cheering cheers applause clap clapping crowd audience goal goals ovation celebration
            jubel beifall applaus klatschen publikum tor tore menge
            applaudissements applaudir acclamations foule public but buts ovation
            aplauso aplausos aplaudir multitud público gol goles ovación vítores
            alkış tezahürat kalabalık seyirci gol goller
            """
        ),
        (
            .loud,
            """
            loud noise noisy shout shouting scream screaming bang explosion explosions engine music party
            laut lärm schrei schreien geschrei knall explosion motor musik feier
            fort bruit bruyant cri cris crier explosion moteur musique fête
            ruidoso ruido fuerte grito gritos gritar explosión motor música fiesta
            gürültü gürültülü bağırma çığlık patlama motor müzik parti
            """
        ),
        (
            .quiet,
            """
            quiet silence silent still leise stille ruhe silence silencieux calme silencio silencioso
            sessiz sessizlik
            """
        ),
        (
            .speech,
            """
            speech talk talking speak speaking conversation interview words dialogue
            rede reden sprechen gespräch interview dialog parole parler discours conversation entretien dialogue
            hablar habla discurso conversación entrevista diálogo konuşma konuşan röportaj sohbet
            """
        ),
        (
            .motion,
            """
            action motion moving fast speed run running jump jumping dance dancing race sport sports stunt stunts
            bewegung schnell rennen laufen sprung springen tanz tanzen sport action
            mouvement rapide vitesse courir course saut sauter danse danser sport action
            movimiento rápido velocidad correr carrera salto saltar baile bailar deporte acción
            hareket hızlı hız koşu koşmak zıplama atlama dans yarış spor aksiyon
            """
        ),
        (
            .calm,
            """
            calm calmly slow landscape view views scenery peaceful relax
            ruhig langsam landschaft aussicht calme lent paysage vue tranquille
            tranquilo calma lento paisaje vista vistas sakin yavaş manzara huzur
            """
        ),
        (.dark, "dark night nacht nachts dunkel nuit sombre noche oscuro gece karanlık"),
        (
            .bright,
            """
            bright sun sunny daylight hell sonne sonnig tageslicht soleil lumineux ensoleillé
            sol soleado luminoso güneş güneşli aydınlık
            """
        ),
        (
            .face,
            """
            face faces portrait smile closeup gesicht gesichter lächeln visage visages sourire portrait
            cara caras rostro rostros sonrisa retrato yüz yüzler gülümseme portre
            """
        ),
        (
            .person,
            """
            person man woman child kid boy girl baby mum mom dad father mother grandma grandpa friend
            mensch mann frau kind junge mädchen baby mama papa vater mutter oma opa freund
            personne homme femme enfant garçon fille bébé maman papa père mère mamie papi ami
            persona hombre mujer niño niña bebé mamá papá padre madre abuela abuelo amigo
            kişi adam kadın çocuk oğlan kız bebek anne baba nine dede arkadaş
            """
        ),
        (
            .people,
            """
            people group crowd crowds family friends guests kids children
            leute menschen gruppe menge familie freunde gäste kinder
            gens groupe foule famille amis invités enfants
            gente grupo multitud familia amigos invitados niños
            insanlar grup kalabalık aile arkadaşlar misafirler çocuklar
            """
        ),
        (
            .laughter,
            """
            laugh laughing laughter funny joke jokes lachen gelächter lustig witz witze
            rire rires drôle blague blagues risa risas reír divertido chiste chistes
            gülme kahkaha gülüş komik şaka şakalar
            """
        ),
    ]

    private static let objects: [(String, String)] = [
        ("dog", "dog dogs puppy hund hunde welpe chien chiens perro perros köpek köpekler"),
        ("cat", "cat cats kitten katze katzen chat chats gato gatos kedi kediler"),
        ("bird", "bird birds vogel vögel oiseau oiseaux pájaro pájaros ave aves kuş kuşlar"),
        ("horse", "horse horses pferd pferde cheval chevaux caballo caballos at atlar"),
        ("cow", "cow cows kuh kühe vache vaches vaca vacas inek inekler"),
        ("sheep", "sheep schaf schafe mouton moutons oveja ovejas koyun koyunlar"),
        ("car", "car cars auto autos wagen voiture voitures coche coches carro araba arabalar"),
        ("bicycle", "bike bikes bicycle fahrrad fahrräder rad vélo vélos bicicleta bicicletas bisiklet"),
        ("motorcycle", "motorbike motorcycle motorrad moto motos motocicleta motosiklet"),
        ("bus", "bus buses busse autobus autobús autobuses otobüs"),
        ("train", "train trains zug züge tren trenes trenler"),
        ("boat", "boat boats ship ships boot boote schiff schiffe bateau bateaux barco barcos tekne gemi"),
        ("airplane", "plane planes airplane flugzeug flugzeuge avion avions avión aviones uçak uçaklar"),
        ("sports ball", "ball balls bälle ballon ballons balón pelota balones top toplar"),
        ("cake", "cake cakes kuchen torte gâteau gâteaux tarta pastel tartas pasta kek"),
        ("pizza", "pizza pizzas pizzen"),
    ]
}
