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
    ///   - known: What was found out about the video.
    init(_ options: JobOptions, _ known: VideoKnowledge) {
        let (wanted, avoided) = (Wish.all(in: options.want), Wish.all(in: options.avoid))
        guard !wanted.isEmpty || !avoided.isEmpty else { return }
        let signs = WishSigns(known.signals, known.words.speech, known.subjects)
        var curve = [Float](repeating: 0, count: known.signals.visual.count)
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
