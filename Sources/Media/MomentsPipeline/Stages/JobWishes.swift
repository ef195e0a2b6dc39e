internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsSelection
internal import MomentsWords

/// What a request wants and does not want, matched against what is known of the video.
struct JobWishes {
    /// Where it is.
    private(set) var wished = Wished.none
    /// For people: what could not be matched; nil where all was.
    private(set) var note: String?

    /// Without wishes.
    static let none = JobWishes()

    private init() {}

    /// Matches.
    ///
    /// - Parameters:
    ///   - options: The job's.
    ///   - signals: What was measured.
    ///   - words: What is said.
    ///   - subjects: Who was found; nil where nobody was looked for.
    init(_ options: JobOptions, _ signals: Signals, _ words: JobWords, _ subjects: SubjectFindings?) {
        let (wanted, avoided) = (Wish.all(in: options.want), Wish.all(in: options.avoid))
        guard !wanted.isEmpty || !avoided.isEmpty else { return }
        let signs = WishSigns(signals, words.speech, subjects)
        var curve = [Float](repeating: 0, count: signals.visual.count)
        var unmatched: [String] = []
        for (wishes, sign) in [(wanted, Float(1)), (avoided, Float(-1))] {
            for wish in wishes {
                guard let found = signs.curve(of: wish) else {
                    unmatched.append("“\(Escaping.excerpt(wish.text, limit: 40))”")
                    continue
                }
                for index in curve.indices {
                    curve[index] =
                        sign > 0 ? max(curve[index], found[index]) : min(curve[index], curve[index] - found[index])
                }
            }
        }
        wished = Wished(curve)
        guard !unmatched.isEmpty else { return }
        note =
            "Nothing that is known of this video tells where \(unmatched.joined(separator: ", ")) may be; the reel was "
            + "chosen without \(unmatched.count == 1 ? "it" : "them")."
    }
}
