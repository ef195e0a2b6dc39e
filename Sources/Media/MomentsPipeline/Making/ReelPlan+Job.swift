internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection

extension ReelPlan {
    /// The plan of a job's reel.
    ///
    /// - Parameters:
    ///   - selection: At least one shot.
    ///   - framing: Which part of the picture is shown; nil for all.
    ///   - titles: What is written and painted on it; nil for nothing.
    ///   - context: The job with what `RenderStage` declares.
    init(_ selection: Selection, _ framing: ReelFraming?, _ titles: ReelTitles?, in context: StageContext) {
        let options = context.spec.options
        self.init(
            shots: selection.shots.map(\.range),
            quality: options.quality,
            loudness: options.loudness,
            // What somebody asked for is shown to the frame.
            mayTrim: options.segments.isEmpty && options.pin.isEmpty,
            transition: options.transition,
            hdr: options.hdr,
            framing: framing,
            opening: options.titleCard ? Self.titleCard(context) : nil,
            closing: titles?.product?.closing
                ?? options.endCard.map { ReelCard(title: $0, duration: Self.cardDuration) },
            titles: titles,
            tags: Self.tags(context, from: selection.shots.first?.range.start ?? .zero)
        )
    }

    /// The plan of a file of one shot.
    init(alone shot: TimeRange, _ framing: ReelFraming?, in context: StageContext) {
        let options = context.spec.options
        self.init(
            shots: [shot],
            quality: options.quality,
            loudness: options.loudness,
            hdr: options.hdr,
            framing: framing,
            tags: Self.tags(context, from: shot.start)
        )
    }

    /// A card with the reel's title, and the day of the recording where it is known.
    private static func titleCard(_ context: StageContext) -> ReelCard {
        let title = context.spec.options.title ?? context.spec.name.stem.text
        let day = context.video.tags.time.map { String($0.description.prefix(10)) } ?? ""
        return ReelCard(title: Escaping.excerpt(title, limit: 200), detail: day, duration: cardDuration)
    }

    /// Long enough to read a line, short enough for nobody to look away.
    private static let cardDuration = MediaTime(ticks: 5, timescale: 2)

    /// The tags of a file that starts at a moment of the source.
    private static func tags(_ context: StageContext, from start: MediaTime) -> [String: String] {
        let recorded = context.video.tags
        var tags = ["title": Escaping.line(context.spec.options.title ?? context.spec.name.stem.text)]
        // A reel was recorded when its first shot was.
        if let time = recorded.time { tags["creation_time"] = time.adding(seconds: start.seconds).description }
        tags["location"] = recorded.location
        tags["com.apple.quicktime.location.ISO6709"] = recorded.location
        tags["com.apple.quicktime.make"] = recorded.make
        tags["com.apple.quicktime.model"] = recorded.model
        return tags
    }
}
