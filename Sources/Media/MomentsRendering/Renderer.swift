public import MomentsCore
public import MomentsMedia

/// Makes one MP4 of the chosen stretches of a video.
///
/// The pictures keep the source's own timing; the sound has exactly their length, so the two never drift.
public struct Renderer {
    private let plan: ReelPlan
    private let source: MediaSource
    private let interrupt: Interrupt

    /// Makes a renderer; nothing happens before `render`.
    public init(_ plan: ReelPlan, of source: MediaSource, interrupt: Interrupt) {
        self.plan = plan
        self.source = source
        self.interrupt = interrupt
    }

    /// Writes the reel.
    ///
    /// A shot of which the source's damage leaves only a part is shortened to it, one of which it leaves nothing is
    /// left out; the work then starts again.
    ///
    /// - Parameters:
    ///   - path: The file; a temporary one for the sound is made beside it and removed.
    ///   - progress: Told the share done, 0–1.
    ///   - shotDone: Told the number of each finished shot, from 1.
    /// - Returns: The reel.
    /// - Throws: `RenderError`; what is written by then is of no use.
    public func render(
        to path: FilePath,
        progress: (Double) -> Void,
        shotDone: (Int) -> Void
    ) throws(RenderError) -> Reel {
        var current = plan
        // Each repair leaves less of a shot; the bound only guards against a file that decodes differently each time.
        for _ in 0...(2 * plan.shots.count) {
            guard current.duration > .zero else { break }
            let pass = RenderPass(current, of: source, interrupt: interrupt)
            switch try pass.run(to: path, progress: progress, shotDone: shotDone) {
            case .reel(let reel): return reel
            case .repair(let index, let range): current.shots[index] = range
            }
        }
        throw .nothingDecodes(plan.shots.first ?? TimeRange(start: .zero, end: .zero))
    }
}
