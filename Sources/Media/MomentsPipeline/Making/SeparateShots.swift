internal import MomentsCore
internal import MomentsEncoding
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem

/// Each shot of a reel as a file of its own, made and proved the same way.
enum SeparateShots {
    private static let folder = "shots"

    /// Writes `shots/shot_001.mp4` and so on.
    ///
    /// - Parameters:
    ///   - reel: The reel; a shot of it that is empty gets no file.
    ///   - framing: Which part of the picture it shows; nil for all.
    ///   - covers: What is made unrecognizable in each shot of the reel; nil where all may be seen.
    ///   - shelf: What was encoded for the reel and for earlier ones; nil where nothing is kept.
    ///   - context: The job with what `RenderStage` declares.
    ///   - progress: Told the share done.
    /// - Returns: What was written.
    /// - Throws: `Finding` where one does not pass its check; `MediaError` or `SystemError` where it cannot be made.
    static func write(
        _ reel: Reel,
        _ framing: ReelFraming?,
        _ covers: [FrameCover]?,
        from shelf: PieceShelf?,
        in context: StageContext,
        progress: @escaping (Double) -> Void
    ) throws -> [StagedFile] {
        let shots = reel.shots.enumerated().filter { $0.element.isShown }
        try Folder.make(context.staging.file(folder))
        return try shots.enumerated().map { number, entry in
            let name = "\(folder)/\(HighlightShot.name(number + 1)).mp4"
            var plan = ReelPlan(alone: entry.element.range, framing.map { alone($0, entry.offset) }, in: context)
            plan.covers = covers.map { entry.offset < $0.count ? [$0[entry.offset]] : [] }
            let maker = ReelMaker(
                plan,
                of: context.source,
                to: context.staging.file(name),
                from: shelf,
                interrupt: context.interrupt
            )
            let report = { (share: Double) in progress((Double(number) + share) / Double(shots.count)) }
            _ = try maker.prove(try maker.render(progress: report), progress: report)
            return StagedFile(kind: "shot", name: name)
        }
    }

    /// The framing of one shot of a reel.
    private static func alone(_ framing: ReelFraming, _ number: Int) -> ReelFraming {
        ReelFraming(aspect: framing.aspect, paths: number < framing.paths.count ? [framing.paths[number]] : [])
    }
}
