internal import MomentsCore

extension Manifest {
    /// The manifest as it is shown: its texts, which come from videos and from strangers' files, are cut.
    var shown: Manifest {
        // Told with every percent of progress: what is short already is not touched, and so not copied.
        guard isLong else { return self }
        var shown = self
        shown.message = Self.cut(message, to: Self.longest)
        shown.preset = preset.map { Self.cut($0, to: Self.longest) }
        shown.error = error.map { error in
            JobError(
                error.kind,
                Self.cut(error.message, to: Self.longest),
                detail: Self.cut(error.detail, to: Self.longestDetail),
                transient: error.transient
            )
        }
        for index in stages.indices {
            shown.stages[index].error = stages[index].error.map { Self.cut($0, to: Self.longest) }
        }
        if let result { shown.result?.outputs = Array(result.outputs.prefix(Self.mostOutputs)) }
        return shown
    }

    private var isLong: Bool {
        message.utf8.count > Self.longest || (preset?.utf8.count ?? 0) > Self.longest
            || (error?.message.utf8.count ?? 0) > Self.longest || (error?.detail.utf8.count ?? 0) > Self.longestDetail
            || stages.contains { ($0.error?.utf8.count ?? 0) > Self.longest }
            || (result?.outputs.count ?? 0) > Self.mostOutputs
    }

    /// Bytes of a text, and of what the libraries said.
    private static let longest = 1000
    private static let longestDetail = 4000
    /// Files of a result that are shown; a reel with its shots apart has some hundred.
    private static let mostOutputs = 1000

    /// A text of at most so many bytes, and a sign that there was more; never half a character's code.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let end = text.utf8.index(text.startIndex, offsetBy: limit)
        return String(text[..<end]) + "…"
    }
}
