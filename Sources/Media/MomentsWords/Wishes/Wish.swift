/// One thing a person wants to see or hear, or not: "goals and cheering" are two.
public struct Wish: Hashable, Sendable {
    /// The word as the person wrote it.
    public let text: String
    /// The signs it can stand for.
    public let signs: Set<WishSign>
    /// The thing models may find under that word, by their name for it; nil for none.
    public let thing: String?
    private let word: WishWord

    /// The most words of wishes that are looked for.
    public static let most = 40

    /// The words of wishes, each once, without those that only join others.
    ///
    /// - Parameter texts: What people wrote, such as "goals and cheering".
    /// - Returns: The words, in their order.
    public static func all(in texts: [String]) -> [Wish] {
        var seen: Set<WishWord> = []
        var wishes: [Wish] = []
        for text in texts {
            let pieces = text.split { !$0.isLetter && !$0.isNumber }
            for piece in pieces where wishes.count < most {
                let word = WishWord(String(piece))
                // One language's "in" may be another's dance; nobody wishes for "in" alone.
                let isAlone = pieces.count == 1 && WishTable.signs[word.folded] != nil
                guard !word.folded.isEmpty, isAlone || !WishTable.joining.contains(word.folded),
                    seen.insert(word).inserted
                else { continue }
                wishes.append(Wish(String(piece), word))
            }
        }
        return wishes
    }

    private init(_ text: String, _ word: WishWord) {
        self.text = text
        self.word = word
        let exact = WishTable.signs[word.folded]
        signs =
            exact
            ?? WishTable.signs.filter { WishWord($0.key).isLike(word) }.reduce(into: []) { $0.formUnion($1.value) }
        thing =
            WishTable.things[word.folded]
            ?? WishTable.things.filter { WishWord($0.key).isLike(word) }.min { $0.key < $1.key }?.value
    }

    /// Whether a sentence says it.
    ///
    /// - Parameter sentence: What is said; a mark such as "[laughter]" says what it names.
    /// - Returns: Whether a form of the word is in it.
    public func isSaid(in sentence: Sentence) -> Bool {
        sentence.words.contains { said in
            said.text.split { !$0.isLetter && !$0.isNumber }.contains { WishWord(String($0)).isLike(word) }
        }
    }

    /// Whether a sentence is a mark of laughter or applause.
    public static func isCheer(_ sentence: Sentence) -> Bool {
        sentence.isMark && SentenceWeights.isCheer(sentence.text)
    }
}
