internal import MomentsAnalysis
public import MomentsCore
public import MomentsMedia
internal import MomentsRendering
public import MomentsSampling
internal import MomentsSelection

/// The second stage: what is seen and heard when.
public struct AnalyzeStage: Sendable {
    /// Analyses: all of the video, or as little as a sound choice needs.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - options: How much is decoded, and what is looked for.
    ///   - name: Its name, for messages.
    ///   - interrupt: Stops the stage at the next packet.
    ///   - threads: Threads that decode where all is decoded; nil for as many as there are processors, at most four.
    ///   - observers: Who else looks at the frames that are decoded.
    ///   - progress: Told the share done, 0–1, rising.
    /// - Returns: The findings.
    /// - Throws: `JobError` when not one frame can be decoded, or the work was stopped.
    public static func run(
        _ source: MediaSource,
        options: JobOptions,
        name: FilePath,
        interrupt: Interrupt,
        threads: Int? = nil,
        observers: [any FrameObserver] = [],
        progress: (Double) -> Void
    ) throws(JobError) -> SamplingResult {
        let bindsStarts = source.bindsStarts(options)
        do {
            let sampler = Sampler(source, threads: threads, observers: observers, interrupt: interrupt)
            return try sampler.run(options.analysis, progress: progress) { known in
                proposal(Selector.select(known, options: options, bindsStarts: bindsStarts))
            }
        } catch MediaError.nothingDecodes {
            throw JobError(
                .decodeFailed,
                "Not one picture of '\(name.display)' could be decoded; copy the file again from where it came."
            )
        } catch let error as MediaError {
            throw JobError(error, name: name, fallback: .decodeFailed)
        } catch {
            throw JobError(.decodeFailed, "'\(name.display)' could not be analysed.", detail: "\(error)")
        }
    }

    private static func proposal(_ selection: Selection) -> ReelProposal {
        ReelProposal(
            shots: selection.shots.map { ReelProposal.Shot(range: $0.range, score: $0.score) },
            nearMisses: selection.nearMisses.map(\.range)
        )
    }
}
