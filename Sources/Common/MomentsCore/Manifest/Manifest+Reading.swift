/// What is made of a manifest that somebody else may have written.
extension Manifest {
    /// Why this cannot be one of ours; nil where it can.
    ///
    /// A result's folder is below the outbox and never hidden, and so are its files below that folder.
    public var impossibility: String? {
        if schema != Self.schema { return "it was written under '\(Escaping.line(String(schema.prefix(60))))'" }
        if !JobIdentifier.isValid(jobID) { return "its job_id is none of ours" }
        // What is counted up must not overflow.
        if !(0...1_000_000).contains(attempts) { return "its attempts cannot be" }
        guard let result else { return nil }
        if let folder = result.folder, !Self.isPlain(folder) { return "its result's folder is none of the outbox" }
        let paths = result.outputs.map { FilePath($0.path) }
        return paths.count > Self.mostOutputs || !paths.allSatisfy(Self.isPlain) ? "its result's files cannot be" : nil
    }

    /// The same manifest with every text cut to a length that a text of ours can have.
    public func cut() -> Manifest {
        var manifest = self
        manifest.message = String(message.prefix(Self.longestText))
        manifest.notes = notes.prefix(Self.mostNotes).map { String($0.prefix(Self.longestText)) }
        manifest.companions = companions.prefix(Self.mostNotes).filter { $0.bytes.count <= 4096 && Self.isPlain($0) }
        manifest.preset = preset.map { String($0.prefix(255)) }
        manifest.error = error?.cut(to: 2 * Self.longestText)
        manifest.media = media?.cut(to: 100)
        manifest.stages = stages.prefix(Stage.allCases.count).map { stage in
            var stage = stage
            stage.error = stage.error.map { String($0.prefix(Self.longestText)) }
            stage.reason = stage.reason.map { String($0.prefix(Self.longestText)) }
            return stage
        }
        manifest.config.title = config.title.map { String($0.prefix(200)) }
        manifest.config.endCard = config.endCard.map { String($0.prefix(200)) }
        manifest.config.segments = Array(config.segments.prefix(1000))
        manifest.config.pin = Array(config.pin.prefix(1000))
        manifest.config.ban = Array(config.ban.prefix(1000))
        return manifest
    }

    /// Whether a path stays below the folder it is taken from, and nothing on the way is hidden.
    private static func isPlain(_ path: FilePath) -> Bool {
        !path.isAbsolute && !path.isEmpty && path.components.allSatisfy { !$0.hasPrefix(".") }
    }

    private static let longestText = 2000
    private static let mostOutputs = 5000
}
