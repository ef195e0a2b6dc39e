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
            shown.stages[index].reason = stages[index].reason.map { Self.cut($0, to: Self.longest) }
        }
        shown.notes = notes.prefix(Self.mostItems).map { Self.cut($0, to: Self.longest) }
        shown.companions = Array(companions.prefix(Self.mostItems))
        shown.config.segments = Array(config.segments.prefix(Self.mostItems))
        shown.config.pin = Array(config.pin.prefix(Self.mostItems))
        shown.config.ban = Array(config.ban.prefix(Self.mostItems))
        if let result { shown.result?.outputs = Array(result.outputs.prefix(Self.mostOutputs)) }
        return shown
    }

    /// About how many bytes it takes when it is shown.
    var weight: Int {
        let reasons = stages.map { ($0.error ?? $0.reason ?? "").utf8.count }
        let texts = notes.map(\.utf8.count) + companions.map(\.bytes.count) + reasons
        let items = config.segments.count + config.pin.count + config.ban.count
        return 3000 + message.utf8.count + (error?.message.utf8.count ?? 0) + (error?.detail.utf8.count ?? 0)
            + texts.reduce(0, +) + 64 * items + 200 * (result?.outputs.count ?? 0)
    }

    private var isLong: Bool {
        message.utf8.count > Self.longest || (preset?.utf8.count ?? 0) > Self.longest
            || (error?.message.utf8.count ?? 0) > Self.longest || (error?.detail.utf8.count ?? 0) > Self.longestDetail
            || stages.contains { max($0.error?.utf8.count ?? 0, $0.reason?.utf8.count ?? 0) > Self.longest }
            || notes.contains { $0.utf8.count > Self.longest }
            || [notes.count, companions.count, config.segments.count, config.pin.count, config.ban.count]
                .contains { $0 > Self.mostItems }
            || (result?.outputs.count ?? 0) > Self.mostOutputs
    }

    /// Bytes of a text, and of what the libraries said.
    private static let longest = 1000
    private static let longestDetail = 4000
    /// Stretches a person named, notes and companions that are shown of each kind.
    private static let mostItems = 50
    /// Files of a result that are shown; a reel with its shots apart has some hundred.
    private static let mostOutputs = 1000

    /// A text of at most so many bytes, and a sign that there was more; never half a character's code.
    private static func cut(_ text: String, to limit: Int) -> String {
        text.utf8.count > limit ? text.cut(toBytes: limit) + "…" : text
    }
}
