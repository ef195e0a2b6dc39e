internal import MomentsCore

/// What one past job took.
struct JobEffort: Codable, Sendable {
    /// What kind of job it was.
    let kind: JobKind
    /// Seconds until the moments were known.
    let looking: Double
    /// Seconds for making, proving and publishing the result.
    let making: Double

    /// Reads a completed manifest; nil where it does not say what every stage took.
    init?(of manifest: Manifest) {
        guard let media = manifest.media, let whole = manifest.processingTime else { return nil }
        // Nobody may have been looked for.
        let known = manifest.stages.filter {
            [.probe, .analyze, .select].contains($0.name) || $0.name == .subjects && $0.status == .completed
        }
        var looking = 0.0
        for stage in known {
            guard stage.status == .completed, let start = stage.startedAt, let end = stage.completedAt else {
                return nil
            }
            looking += end.seconds(since: start)
        }
        kind = JobKind(media, manifest.config)
        self.looking = looking
        making = whole - looking
    }

    /// Whether an estimate can be made from it: a clock that was set back makes times negative.
    var isPlausible: Bool {
        kind.isPlausible && looking.isFinite && making.isFinite && looking >= 0 && making >= 0 && looking + making > 0
    }
}
