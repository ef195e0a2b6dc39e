internal import Glibc
public import MomentsCore
public import MomentsMedia
internal import MomentsSystem

/// The first stage: is it a video, within the limits, and what is it.
public struct ProbeStage: Sendable {
    static let failure = StageFailure(kind: .corruptMedia) { "\($0) could not be opened." }

    /// Reads every packet of the file once and decodes its first frame.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interrupt: Stops the stage.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The video.
    /// - Throws: `JobError` with the limit, or `SourceProbe.Refusal`.
    public static func run(
        _ spec: JobSpec,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws -> ProbedVideo {
        let (limits, file) = (spec.options.limits, "'\(spec.name.display)'")
        try checkFile(spec, limits)
        let files = SourceFiles(spec.source, followedBy: spec.parts)
        let source = try SourceProbe.open(files, interrupt: interrupt, progress: progress)
        let (width, height) = (source.video.format.width, source.video.format.height)
        if width < limits.minWidth || height < limits.minHeight {
            throw JobError(
                .tooSmall,
                "\(file) is \(width) × \(height) pixels; at least \(limits.minWidth) × \(limits.minHeight) are wanted "
                    + "([Limits] MinWidth=, MinHeight=)."
            )
        }
        let seconds = source.duration.seconds
        // One frame's grace: a video of "one second" often lacks its last frame's time.
        if seconds < limits.minDuration - (source.frameRate.isPositive ? 1 / source.frameRate.value : 0) {
            throw JobError(
                .tooShort,
                "\(file) lasts \(hundredths(seconds)) s; at least \(hundredths(limits.minDuration)) s are wanted "
                    + "([Limits] MinDuration=)."
            )
        }
        if seconds > limits.maxDuration {
            throw JobError(
                .tooLong,
                "\(file) lasts \(ClockText.hoursMinutesSeconds(seconds)); at most "
                    + "\(ClockText.hoursMinutesSeconds(limits.maxDuration)) are taken ([Limits] MaxDuration=)."
            )
        }
        let tags = CaptureTags(source)
        let marks = spec.options.marks == .off ? [] : MarkReader.marks(of: source, beside: spec.companions)
        return ProbedVideo(source: source, tags: tags, media: info(source, tags), marks: marks)
    }

    private static func checkFile(_ spec: JobSpec, _ limits: Limits) throws {
        do {
            var size: Int64 = 0
            for path in [spec.source] + spec.parts {
                let own = try Descriptor.openRegular(path).status(path).size
                if own == 0 {
                    throw JobError(.corruptMedia, "'\(path.name.display)' is empty; copy it again from where it came.")
                }
                size += own
            }
            guard size > limits.maxSize else { return }
            throw JobError(
                .tooLarge,
                "'\(spec.name.display)' has \(size) bytes; at most \(limits.maxSize) are taken ([Limits] MaxSize=)."
            )
        } catch let error as SystemError {
            throw JobError(
                .readFailed,
                "'\(spec.name.display)' could not be opened (\(error.reason)); check that it is there and readable.",
                detail: error.description
            )
        }
    }

    /// Finds what may be looked at instead of a video: a proxy beside it that is proved to show the same.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - spec: The job, which names what lies beside it.
    ///   - longSide: Pixels of the proxy's longer side that are needed at least.
    ///   - interrupt: Stops the work.
    /// - Returns: The proxy; and, where there is one that is not used, why.
    /// - Throws: `MediaError` when the work was stopped.
    static func proxy(
        of source: MediaSource,
        _ spec: JobSpec,
        longSide: Int,
        interrupt: Interrupt
    ) throws -> (proxy: MediaSource?, doubt: String?) {
        var doubt: String?
        let proxies = spec.companions.filter { path in
            ["lrv", "lrf"].contains { path.name.text.lowercased().hasSuffix("." + $0) }
        }
        // A recording in several files has as many proxies, in the same order.
        let count = 1 + spec.parts.count
        if count > 1, !proxies.isEmpty, proxies.count != count { return (nil, "not all of its files have a proxy") }
        let sequences =
            count > 1 && !proxies.isEmpty
            ? [SourceFiles(proxies[0], followedBy: Array(proxies.dropFirst()))] : proxies.map { SourceFiles($0) }
        for files in sequences where spec.options.analysis == .auto {
            let path = files.first
            do {
                let proxy = try SourceProbe.open(files, interrupt: interrupt)
                doubt = try ProxyVerification(proxy, of: source, interrupt: interrupt).doubt(longSide: longSide)
                if doubt == nil { return (proxy, nil) }
            } catch {
                if interrupt.isRequested { throw MediaError.interrupted("work on", "'\(spec.name.display)'") }
                doubt = "it could not be read"
            }
            doubt = doubt.map { "its proxy '\(path.name.display)' was not used: \($0)" }
        }
        return (nil, doubt)
    }

    /// The manifest's description of a video.
    static func info(_ source: MediaSource, _ tags: CaptureTags) -> MediaInfo {
        MediaInfo(
            duration: (source.duration.seconds * 1_000_000).rounded() / 1_000_000,
            width: source.video.format.width,
            height: source.video.format.height,
            rotation: source.video.format.orientation.rotation,
            frameRate: source.frameRate,
            totalFrames: source.frameCount,
            videoCodec: source.video.codec,
            audioCodec: source.audio?.codec,
            container: source.container,
            bitRate: source.bitRate,
            capturedAt: tags.time
        )
    }

    private static func hundredths(_ seconds: Double) -> String {
        let whole = Int((seconds * 100).rounded())
        return whole % 100 == 0 ? "\(whole / 100)" : "\(whole / 100).\(whole % 100 < 10 ? "0" : "")\(whole % 100)"
    }
}
