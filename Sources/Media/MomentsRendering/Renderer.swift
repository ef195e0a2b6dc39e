public import MomentsCore
public import MomentsEncoding
public import MomentsMedia

/// Makes one MP4 of the chosen segments of a video.
///
/// The frames keep the source's own timing; the audio has exactly their length, so the two never drift.
public struct Renderer {
    private let plan: ReelPlan
    private let source: MediaSource
    private let shelf: PieceShelf?
    private let interrupt: Interrupt

    /// Makes a renderer; nothing happens before `render`.
    ///
    /// - Parameters:
    ///   - plan: What the reel shows.
    ///   - source: The video.
    ///   - shelf: What was encoded for earlier reels of it; nil where nothing is kept.
    ///   - interrupt: Stops the work.
    public init(_ plan: ReelPlan, of source: MediaSource, from shelf: PieceShelf? = nil, interrupt: Interrupt) {
        self.plan = plan.overlapping(in: source)
        self.source = source
        self.shelf = shelf
        self.interrupt = interrupt
    }

    /// Writes the reel.
    ///
    /// With the qualities `original` and `auto` the source's coded frames are taken over wherever that is exact.
    /// Where they cannot be, all frames are encoded: a shot of which the source's damage leaves only a part is then
    /// shortened to it, one of which it leaves nothing is left out.
    ///
    /// - Parameters:
    ///   - path: The file; a temporary one for the audio is made beside it and removed.
    ///   - refusal: Why no frame may be taken over, in half a sentence; nil where they may.
    ///   - progress: Told the share done, 0–1.
    ///   - shotDone: Told the number of each finished shot, from 1.
    /// - Returns: The reel.
    /// - Throws: `MediaError`; what is written by then is of no use.
    public func render(
        to path: FilePath,
        withoutCopying refusal: String? = nil,
        progress: @escaping (Double) -> Void,
        shotDone: (Int) -> Void
    ) throws -> Reel {
        guard plan.quality == .original || plan.quality == .auto else {
            return try encode(to: path, progress: progress, shotDone: shotDone)
        }
        let reason: String
        let isForAll = plan.quality == .auto
        let covered = plan.covers == nil ? nil : "who is in its pictures is blurred"
        let cropped = plan.framing.map { "its pictures are cut to \($0.aspect.rawValue)" }
        if let refusal = refusal ?? covered ?? cropped ?? (isForAll ? source.refusalOfEverywhere(plan.hdr) : nil) {
            reason = refusal
        } else {
            do {
                return try copy(to: path, progress: progress, shotDone: shotDone)
            } catch MediaError.unfit(let sentence) {
                reason = sentence
            } catch let error as MediaError where error.isInvalidData {
                // What libav makes no sense of here, encoding everything may still make something of.
                reason = "\(error)"
            } catch MediaError.call where !interrupt.isRequested {
                // A source whose clock stumbles is found out only in writing; a full disk stops the next attempt too.
                reason = "its coded pictures cannot be written one behind the other"
            }
        }
        var reel = try encode(to: path, progress: progress, shotDone: shotDone)
        for number in reel.shots.indices { reel.shots[number].copy = ShotCopy(share: 0, reason: reason) }
        return reel
    }

    private func copy(
        to path: FilePath,
        progress: @escaping (Double) -> Void,
        shotDone: (Int) -> Void
    ) throws -> Reel {
        let least = plan.quality == .auto ? Self.worthwhile : 0
        let pass = try SmartCutPass(
            plan,
            of: source,
            to: path,
            least: least,
            from: shelf,
            interrupt: interrupt,
            progress: progress
        )
        return try pass.run(shotDone: shotDone)
    }

    private func encode(
        to path: FilePath,
        progress: (Double) -> Void,
        shotDone: (Int) -> Void
    ) throws -> Reel {
        var current = plan
        // Each repair leaves less of a shot; the bound only guards against a file that decodes differently each time.
        for _ in 0...(2 * plan.shots.count) {
            guard current.duration > .zero else { break }
            let pass = RenderPass(current, of: source, from: shelf, interrupt: interrupt)
            switch try pass.run(to: path, progress: progress, shotDone: shotDone) {
            case .reel(let reel): return reel
            case .repair(let index, let range):
                current.shots[index] = range
                current = current.overlapping(in: source)
            }
        }
        throw MediaError.nothingDecodes(plan.shots.first ?? TimeRange(start: .zero, end: .zero))
    }

    /// Below this share encoding everything anew, with foresight, gives the better file.
    private static let worthwhile = 0.3
}
