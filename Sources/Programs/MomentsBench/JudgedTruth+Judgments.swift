public import MomentsCore

extension JudgedTruth {
    /// What a person's edits of a reel say is worth showing, and what is not.
    ///
    /// - Parameters:
    ///   - judgments: Those about one video.
    ///   - file: The video's path.
    public init(_ judgments: [Judgment], of file: FilePath) {
        var (better, worse): ([Span: Double], Set<Span>) = ([:], [])
        for judgment in judgments {
            let (shown, left) = (judgment.pair.better, judgment.pair.worse)
            better[Span(shown.start, shown.end), default: 0] += judgment.pair.weight
            worse.insert(Span(left.start, left.end))
        }
        let spans = better.sorted { ($0.key.start, $0.key.end) < ($1.key.start, $1.key.end) }
        let last = (Array(better.keys) + worse).map(\.end).max() ?? 1
        self.init(
            file: file,
            duration: max(judgments.compactMap(\.duration).max() ?? last, last),
            events: spans.map { Event($0.key, weight: 1 + 4 * min(1, $0.value), why: "preferred in an edit") },
            avoided: worse.filter { better[$0] == nil }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
                .map { Avoided($0, isHard: false) },
            group: "edits"
        )
    }
}
