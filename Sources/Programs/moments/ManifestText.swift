internal import MomentsCore

/// A manifest as text for people.
enum ManifestText {
    /// The lines; every text in them is harmless.
    static func lines(_ job: Manifest) -> [String] {
        var lines = ["\(job.source.path.display): \(job.status.rawValue), \(JobLine.message(job))"]
        lines.append("  job        \(Escaping.line(job.jobID)), attempts \(job.attempts)")
        lines.append("  file       \(Words.bytes(job.source.size)), changed \(job.source.modifiedAt)")
        if let media = job.media { lines += self.media(media) }
        lines.append("  wanted     \(wanted(job))")
        for stage in job.stages where stage.status != .pending {
            var line = "  \(Words.column(stage.name.rawValue, 10)) \(stage.status.rawValue)"
            if stage.status == .running { line += " \(Words.percent(stage.progress))" }
            if let start = stage.startedAt, let end = stage.completedAt {
                line += ", \(Words.decimal(end.seconds(since: start), 1)) s"
            }
            lines.append(line + ((stage.error ?? stage.reason).map { ": " + Escaping.line($0) } ?? ""))
        }
        if let error = job.error {
            lines.append("  error      \(error)")
            lines += error.detail.split(separator: "\n").prefix(20).map { "             " + Escaping.line(String($0)) }
        }
        if let result = job.result {
            lines.append("  result     \(result.folder?.display ?? "not published yet")")
            lines += result.outputs.map {
                "             \(Words.column(Escaping.line($0.path), 20)) \(Words.bytes($0.bytes))"
            }
        }
        let estimate = job.estimatedTime.map { "about \(Words.decimal($0, 1)) s expected" }
        let took = job.processingTime.map { "\(Words.decimal($0, 1)) s" }
        if took != nil || estimate != nil {
            lines.append("  took       " + [took, estimate].compactMap { $0 }.joined(separator: ", "))
        }
        return lines
    }

    private static func media(_ media: MediaInfo) -> [String] {
        let turned = media.rotation == 0 ? "" : ", turned by \(media.rotation)°"
        let sound = media.audioCodec.map { "sound \($0)" } ?? "no sound"
        let rate = media.frameRate.isPositive ? "\(Words.decimal(media.frameRate.value, 3)) pictures a second" : ""
        let parts = [
            media.durationText, "\(media.width)×\(media.height)\(turned)", rate, media.videoCodec, sound,
            media.container,
        ]
        let text = parts.filter { !$0.isEmpty }.joined(separator: ", ")
        let captured = media.capturedAt.map { ["  recorded   \($0)"] } ?? []
        return ["  video      \(Escaping.line(text))"] + captured
    }

    private static func wanted(_ job: Manifest) -> String {
        let config = job.config
        var text = "\(Words.decimal(config.targetDuration, 1)) s in quality \(config.quality.rawValue)"
        if let preset = job.preset { text += ", preset \(Escaping.line(preset))" }
        if let title = config.title { text += ", title “\(Escaping.line(title))”" }
        return text
    }
}
