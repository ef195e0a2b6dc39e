public import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsTitles
public import MomentsWords

/// What is written and painted on a reel's frames.
public struct ReelTitles: Hashable, Sendable {
    /// What is shown of a product; nil for none.
    public var product: ProductTitles?
    /// What is said, on the source's clock, to be written where it is heard; empty for nothing.
    public var captions: [Cue]
    /// What is written where the days of an album begin, by the number of the shot; empty for nothing.
    public var days: [Int: String] = [:]
    /// What a voice says over the reel, on the reel's clock, to be written too; empty for nothing.
    public var spoken: [Cue] = []
    /// Small pictures of the source, to tell what lies under a text.
    public var grounds: [GroundFrame]
    /// Who is where in the source.
    public var tracks: [SubjectTrack]
    /// Takes what could not be painted.
    public let notes: TitleNotes
    /// Tells one picture of a product from another.
    private let digest: String

    /// Describes titles.
    public init(
        product: ProductTitles?,
        captions: [Cue],
        grounds: [GroundFrame],
        tracks: [SubjectTrack],
        notes: TitleNotes,
        digest: String = ""
    ) {
        (self.product, self.captions, self.grounds, self.tracks) = (product, captions, grounds, tracks)
        self.notes = notes
        self.digest = digest
    }

    /// What they depend on beside a job's options, in words of no meaning: another text for other titles.
    public var identity: String {
        func told(_ cues: [Cue]) -> String {
            cues.map { "\($0.start) \($0.end) \($0.text)" }.joined(separator: "\n")
        }
        let days = days.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
        return "\(digest)\n\(told(captions))" + (days.isEmpty ? "" : "\ndays\n\(days)")
            + (spoken.isEmpty ? "" : "\nvoice\n\(told(spoken))")
    }

    /// The overlays of a reel.
    ///
    /// - Parameters:
    ///   - view: What its frames show of the source's.
    ///   - shots: What it shows of the source.
    ///   - places: Where it shows that.
    /// - Returns: Overlays on the reel's clock; those that overlap in time do not in place.
    func overlays(_ view: FrameView, shots: [TimeRange], places: [TimeRange]) -> [Overlay] {
        let reel = TitledReel(view, shots: shots, places: places)
        let painter = TitlePainter(
            width: view.width,
            height: view.height,
            look: product.map { TitleLook($0.style.look) } ?? .modern
        )
        let cues = reelCues(shots, places)
        let spoken = captionOverlays(painter, cues) + dayOverlays(painter, places)
        guard let product, let body = reel.body else { return spoken }
        var overlays = spoken
        let range = Self.titleRange(body, product.style.flavour)
        func raised(_ range: TimeRange) -> Double {
            painter.captionRoom(for: cues.filter { $0.range.intersection(range) != nil }.map(\.text))
        }
        let title = lowerThird(product, painter, reel, range, raised: raised(range))
        if let title { overlays.append(title.overlay) }
        if let picture = product.picture {
            let wanted = Self.insetRange(body, behind: range)
            let places = InsetPlacer(reel, painter, picture, grounds: grounds, tracks: tracks)
            // Where the title stands at the same time, it has the lower part of the frame.
            let place = places.place(
                wanted,
                corners: wanted.intersection(range) == nil ? TitlePainter.Corner.allCases : [.topRight, .topLeft],
                raised: raised(wanted),
                beside: wanted.intersection(range) == nil ? nil : title?.box
            )
            if let place {
                overlays.append(inset(product, picture, painter, place, wanted, raised: raised(wanted)))
            } else {
                notes.tell(
                    "the product's picture is only on the last card, since it would cover faces or text elsewhere"
                )
            }
        }
        return overlays
    }

    /// The card at a reel's end with its picture painted.
    func painted(_ card: ReelCard, width: Int, height: Int) -> ReelCard {
        guard let product else { return card }
        let painted = TitlePainter(width: width, height: height, look: TitleLook(product.style.look)).endCard(
            name: product.name,
            callToAction: product.callToAction,
            picture: product.picture
        )
        notes.add(painted)
        var card = card
        card.picture = painted.bitmap
        return card
    }

    private static func titleRange(_ body: TimeRange, _ flavour: ClipFlavour) -> TimeRange {
        let whole = body.duration.seconds
        let begin = whole > 2 ? 0.4 : whole * 0.05
        let length = min(flavour.hold, whole - 2 * begin)
        let start = body.start + MediaTime(seconds: begin)
        return TimeRange(start: start, end: start + MediaTime(seconds: length))
    }

    /// Behind the title where there is time, else beside it.
    private static func insetRange(_ body: TimeRange, behind title: TimeRange) -> TimeRange {
        let start = title.end + MediaTime(seconds: 0.3)
        let end = min(body.end - MediaTime(seconds: 0.3), start + MediaTime(seconds: 6))
        return (end - start).seconds >= 2 ? TimeRange(start: start, end: end) : title
    }

    private func lowerThird(
        _ product: ProductTitles,
        _ painter: TitlePainter,
        _ reel: TitledReel,
        _ range: TimeRange,
        raised: Double
    ) -> (overlay: Overlay, box: Box)? {
        guard let first = painter.lowerThird(title: product.name, raised: raised) else {
            notes.tell("the product's name has no character that could be shown")
            return nil
        }
        let box = reel.view.box(x: first.x, y: first.y, width: first.bitmap.width, height: first.bitmap.height)
        let ground = Ground(reel.parts(of: box, in: range, grounds)) ?? .unknown
        let painted = painter.lowerThird(title: product.name, over: ground, raised: raised) ?? first
        notes.add(painted)
        let isRight = 2 * painted.x + painted.bitmap.width > painter.width
        let motion = product.style.flavour.motion(
            painter.width,
            painter.height,
            isRight: isRight,
            reach: isRight ? painter.width - painted.x : painted.x + painted.bitmap.width
        )
        let overlay = Overlay(range: range, entry: motion, exit: motion) {
            Overlay.Picture(painted.bitmap, x: painted.x, y: painted.y)
        }
        return (overlay, box)
    }

    private func inset(
        _ product: ProductTitles,
        _ picture: Bitmap,
        _ painter: TitlePainter,
        _ place: InsetPlacer.Place,
        _ range: TimeRange,
        raised: Double
    ) -> Overlay {
        let motion = Overlay.Motion(duration: product.style.flavour == .energetic ? 0.25 : 0.5)
        return Overlay(range: range, entry: motion, exit: motion) {
            let painted = painter.inset(picture, in: place.corner, share: place.share, raised: raised)
            return Overlay.Picture(painted.bitmap, x: painted.x, y: painted.y)
        }
    }

    /// What is said, and when the reel lets it be heard; of what is said at once, one follows on the other.
    private func reelCues(_ shots: [TimeRange], _ places: [TimeRange]) -> [(range: TimeRange, text: String)] {
        guard !captions.isEmpty || !spoken.isEmpty else { return [] }
        let shown = zip(shots, places).filter { $0.0.duration > .zero }.map { shot, place in
            ReelCaptions.Shot(start: shot.start.seconds, end: shot.end.seconds, place: place.start.seconds)
        }
        let own = captions.isEmpty ? [] : ReelCaptions(captions, shots: shown).cues
        // Under a voice what the video itself says is hardly heard: one of both is written at a time.
        let heard = own.filter { cue in !spoken.contains { $0.start < cue.end && $0.end > cue.start } }
        let last = places.map(\.end.seconds).max() ?? 0
        let cues = (heard + spoken.filter { $0.start < last }).sorted { $0.start < $1.start }
        return cues.indices.compactMap { number in
            let cue = cues[number]
            let end = min(cue.end, last, number + 1 < cues.count ? cues[number + 1].start : .infinity)
            guard end - cue.start > 0.04 else { return nil }
            return (TimeRange(start: MediaTime(seconds: cue.start), end: MediaTime(seconds: end)), cue.text)
        }
    }

    /// How long after a day's first picture its title comes, and goes before the shot is over; in seconds.
    private static let dayMargin = 0.3
    /// How long it stands at most, in seconds.
    private static let dayHold = 2.5

    private func dayOverlays(_ painter: TitlePainter, _ places: [TimeRange]) -> [Overlay] {
        days.sorted { $0.key < $1.key }.compactMap { number, text in
            guard places.indices.contains(number), let painted = painter.lowerThird(title: text) else { return nil }
            notes.add(painted)
            let place = places[number]
            let length = min(Self.dayHold, place.duration.seconds - 2 * Self.dayMargin)
            guard length > 0.5 else { return nil }
            let start = place.start + MediaTime(seconds: Self.dayMargin)
            let motion = Overlay.Motion(duration: 0.25)
            let range = TimeRange(start: start, end: start + MediaTime(seconds: length))
            return Overlay(range: range, entry: motion, exit: motion) {
                Overlay.Picture(painted.bitmap, x: painted.x, y: painted.y)
            }
        }
    }

    private func captionOverlays(_ painter: TitlePainter, _ cues: [(range: TimeRange, text: String)]) -> [Overlay] {
        let notes = notes
        return cues.map { cue in
            Overlay(range: cue.range) {
                let painted = painter.caption(cue.text)
                notes.add(painted)
                return painted.map { Overlay.Picture($0.bitmap, x: $0.x, y: $0.y) }
            }
        }
    }
}
