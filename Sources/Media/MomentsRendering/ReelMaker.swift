public import MomentsCore
public import MomentsEncoding
public import MomentsMedia

/// Makes a reel and proves it: what does not pass its check is made anew, with all frames encoded and more care.
public struct ReelMaker {
    private let plan: ReelPlan
    private let source: MediaSource
    private let path: FilePath
    private let shelf: PieceShelf?
    private let interrupt: Interrupt

    /// Makes a maker; nothing happens before `render`.
    ///
    /// - Parameters:
    ///   - plan: What the reel shows.
    ///   - source: The video.
    ///   - path: The reel's file; temporary ones are made beside it and removed.
    ///   - shelf: What was encoded for earlier reels of it; nil where nothing is kept.
    ///   - interrupt: Stops the work.
    public init(
        _ plan: ReelPlan,
        of source: MediaSource,
        to path: FilePath,
        from shelf: PieceShelf? = nil,
        interrupt: Interrupt
    ) {
        (self.plan, self.source, self.path, self.interrupt) = (plan, source, path, interrupt)
        self.shelf = shelf
    }

    /// Writes the reel.
    ///
    /// - Parameters:
    ///   - progress: Told the share done, 0–1.
    ///   - shotDone: Told the number of each finished shot, from 1.
    /// - Returns: The reel, not proved yet.
    /// - Throws: `MediaError` or `SystemError`; what is written by then is of no use.
    public func render(
        progress: @escaping (Double) -> Void,
        shotDone: (Int) -> Void = { _ in }
    ) throws -> Reel {
        try Renderer(plan, of: source, from: shelf, interrupt: interrupt)
            .render(to: path, progress: progress, shotDone: shotDone)
    }

    /// Reads a reel of this plan back, and makes it anew where it does not pass.
    ///
    /// - Parameters:
    ///   - reel: What `render` gave.
    ///   - progress: Told the share done, 0–1; it begins again for each reading and making.
    /// - Returns: The reel that passed, and what it measured.
    /// - Throws: `Finding` where none passes; `MediaError` or `SystemError` where it cannot be made.
    public func prove(
        _ reel: Reel,
        progress: @escaping (Double) -> Void
    ) throws -> (reel: Reel, verification: Verification) {
        do { return (reel, try verify(reel, progress)) } catch let finding as Finding {
            // Whatever it was that went wrong, the next reel shall not be made of it.
            shelf?.forget()
            let careful = try renderCarefully(
                "a reel \(reel.hasCopies ? "with copied pictures " : "")did not pass its check",
                progress
            )
            var verification = try verify(careful, progress)
            verification.failedBefore = finding.description
            return (careful, verification)
        }
    }

    private func renderCarefully(_ reason: String, _ progress: @escaping (Double) -> Void) throws -> Reel {
        var plan = plan
        plan.isCareful = true
        return try Renderer(plan, of: source, interrupt: interrupt).render(
            to: path,
            withoutCopying: reason,
            progress: progress,
            shotDone: { _ in }
        )
    }

    /// Measures a reel; where the work was stopped, what was found means nothing.
    private func verify(_ reel: Reel, _ progress: (Double) -> Void) throws -> Verification {
        do {
            return try ReelVerifier.verify(reel, of: source, interrupt: interrupt, progress: progress)
        } catch {
            if interrupt.isRequested { throw MediaError.interrupted("verify", "'\(path.display)'") }
            throw error
        }
    }
}
