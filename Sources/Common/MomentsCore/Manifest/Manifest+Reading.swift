/// What is made of a manifest that somebody else may have written.
extension Manifest {
    /// Why this cannot be one of ours; nil where it can.
    ///
    /// A result's folder is below the outbox and never hidden, and so are its files below that folder.
    public var impossibility: String? {
        if schema != Self.schema { return "it was written under '\(Escaping.line(schema.cut(toBytes: 60)))'" }
        if !JobIdentifier.isValid(jobID) { return "its job_id is none of ours" }
        // What is counted up must not overflow.
        if !(0...1_000_000).contains(attempts) { return "its attempts cannot be" }
        guard let result else { return nil }
        if let folder = result.folder, !Self.isPlain(folder) { return "its result's folder is none of the outbox" }
        return result.isPossible ? nil : "its result's files cannot be"
    }

    /// The same manifest with every text cut to a length that a text of ours can have.
    public func cut() -> Manifest {
        var manifest = self
        manifest.message = message.cut(toBytes: Self.longestText)
        manifest.notes = notes.prefix(Self.mostNotes).map { $0.cut(toBytes: Self.longestText) }
        manifest.companions = companions.prefix(Self.mostNotes).filter { $0.bytes.count <= 4096 && Self.isPlain($0) }
        manifest.source.parts = source.parts.prefix(Self.mostParts).filter {
            $0.bytes.count <= 4096 && Self.isPlain($0)
        }
        manifest.preset = preset.map { $0.cut(toBytes: 255) }
        manifest.error = error?.cut(to: 2 * Self.longestText)
        manifest.taste = taste?.cut(to: 200)
        manifest.media = media?.cut(to: 100)
        manifest.stages = stages.prefix(Stage.allCases.count).map { stage in
            var stage = stage
            stage.error = stage.error.map { $0.cut(toBytes: Self.longestText) }
            stage.reason = stage.reason.map { $0.cut(toBytes: Self.longestText) }
            return stage
        }
        manifest.config.title = config.title.map { $0.cut(toBytes: 200) }
        manifest.config.endCard = config.endCard.map { $0.cut(toBytes: 200) }
        manifest.config.product = config.product.map { product in
            ProductOptions(
                name: product.name.cut(toBytes: 8 * ProductOptions.longestName),
                style: product.style,
                callToAction: product.callToAction?.cut(toBytes: 8 * ProductOptions.longestCall),
                image: product.image.flatMap { $0.bytes.count <= 255 ? $0 : nil }
            )
        }
        manifest.config.story = config.story?.cut()
        manifest.config.voiceOver = config.voiceOver?.cut()
        manifest.config.want = config.want.prefix(20).map { $0.cut(toBytes: 1000) }
        manifest.config.avoid = config.avoid.prefix(20).map { $0.cut(toBytes: 1000) }
        manifest.config.segments = Array(config.segments.prefix(1000))
        manifest.config.pin = Array(config.pin.prefix(1000))
        manifest.config.ban = Array(config.ban.prefix(1000))
        return manifest
    }

    /// Whether a path stays below the folder it is taken from, and nothing on the way is hidden.
    fileprivate static func isPlain(_ path: FilePath) -> Bool {
        !path.isAbsolute && !path.isEmpty && path.components.allSatisfy { !$0.hasPrefix(".") }
    }

    /// Under what is kept what a worker found: a video's content, or a story's place, whose shots outlive its words.
    public var findingsKey: String? {
        guard config.story != nil else { return source.contentID }
        // FNV-1a; where two stories share a number, each shot's own key still tells them apart.
        let number = source.path.bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "story-" + String(number, radix: 16)
    }

    private static let longestText = 2000
    private static let mostParts = 10_000
    fileprivate static let mostOutputs = 5000
}

extension JobResult {
    /// Whether its files can be a result's: below its folder, none hidden, none twice, and not too many.
    public var isPossible: Bool {
        let paths = outputs.map { FilePath($0.path) }
        return paths.count <= Manifest.mostOutputs && Set(paths).count == paths.count
            && paths.allSatisfy { Manifest.isPlain($0) && $0.bytes.count <= 4096 }
    }
}
