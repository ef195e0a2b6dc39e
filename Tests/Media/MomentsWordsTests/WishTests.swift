import MomentsWords
import Testing

@Suite("wishes in words")
struct WishTests {
    @Test("a wish is taken apart; words that only join are none")
    func parts() {
        #expect(Wish.all(in: ["goals and cheering", "the cake"]).map(\.text) == ["goals", "cheering", "cake"])
        #expect(Wish.all(in: ["Tore und Jubel, Jubel!"]).map(\.text) == ["Tore", "Jubel"])
        #expect(Wish.all(in: ["", "!!! --", "and the"]).isEmpty)
        let many = (0..<500).map { "word\($0)" }
        #expect(Wish.all(in: many).count == Wish.most)
    }

    @Test(
        "words of five languages stand for the same signs",
        arguments: [
            ("cheering", WishSign.cheer), ("Jubel", .cheer), ("applaudissements", .cheer), ("aplausos", .cheer),
            ("alkış", .cheer), ("dancing", .motion), ("tanzen", .motion), ("danse", .motion), ("bailar", .motion),
            ("dans", .motion), ("Landschaften", .calm), ("paysages", .calm), ("manzara", .calm), ("Oma", .person),
            ("abuela", .person), ("Kalabalık", .people), ("NIGHT", .dark), ("güneşli", .bright), ("rires", .laughter),
        ]
    )
    func signs(_ word: String, _ sign: WishSign) {
        #expect(Wish.all(in: [word]).first?.signs.contains(sign) == true)
    }

    @Test(
        "things have the names that models give them",
        arguments: [("dogs", "dog"), ("Hündchen", nil), ("perros", "dog"), ("gâteau", "cake"), ("uçak", "airplane")]
    )
    func things(_ word: String, _ name: String?) {
        #expect(Wish.all(in: [word]).first?.thing == name)
    }

    @Test(
        "a word is heard in its forms, and not in others",
        arguments: [
            ("anchor", "They found the anchors.", true), ("Kuchen", "Wer will Kuchen?", true),
            ("Bienen", "Eine Biene flog.", true), ("tortilla", "Dos tortillas, por favor.", true),
            ("harbour", "It was a hard day.", false), ("car", "The captain cared.", false),
            ("Tor", "Die Torte war gut.", false), ("köprü", "Köprüler güzel.", true),
        ]
    )
    func said(_ wish: String, _ text: String, _ isSaid: Bool) {
        let sentence = Speech([Cue(start: 0, end: 2, text: text)], pauses: []).sentences[0]
        #expect(Wish.all(in: [wish]).first?.isSaid(in: sentence) == isSaid)
    }
}
