internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsTitles

/// Finds the corner in which a picture covers no face, and least of what there is to see or read.
struct InsetPlacer {
    /// A corner and a size.
    struct Place: Equatable {
        let corner: TitlePainter.Corner
        /// The longer side, as a share of the frame's shorter one.
        let share: Double
    }

    private let reel: TitledReel
    private let painter: TitlePainter
    private let picture: Bitmap
    private let grounds: [GroundFrame]
    private let tracks: [SubjectTrack]

    /// Sizes that are tried, the largest first.
    private static let shares = [0.36, 0.28, 0.2]

    init(
        _ reel: TitledReel,
        _ painter: TitlePainter,
        _ picture: Bitmap,
        grounds: [GroundFrame],
        tracks: [SubjectTrack]
    ) {
        (self.reel, self.painter, self.picture, self.grounds, self.tracks) = (reel, painter, picture, grounds, tracks)
    }

    /// Finds a place.
    ///
    /// - Parameters:
    ///   - range: When it is shown, on the reel's clock.
    ///   - corners: Those that are free, the best first.
    ///   - raised: How far above the safe area's end lower ones end, as a share of the frame's shorter side.
    ///   - title: What is taken by a text, in shares of the frame's sides; nil for nothing.
    /// - Returns: The largest with no face, and no text; nil where there is one in each.
    func place(
        _ range: TimeRange,
        corners: [TitlePainter.Corner],
        raised: Double,
        beside title: Box? = nil
    ) -> Place? {
        let moments = reel.moments(of: range)
        for share in Self.shares {
            let costs = corners.enumerated().compactMap { number, corner -> (Place, Double)? in
                let place = painter.insetPlace(picture, in: corner, share: share, raised: raised)
                let box = reel.view.box(x: place.x, y: place.y, width: place.width, height: place.height)
                if let title, title.common(box) > 0 { return nil }
                let coversFace = moments.contains { moment in
                    let part = reel.view.source(of: box, shot: moment.shot, at: moment.reel.seconds)
                    return faces(at: moment.source).contains { $0.common(part) > 0 }
                }
                if coversFace { return nil }
                // Between corners that are about as calm the order decides.
                return (Place(corner: corner, share: share), activity(in: box, range) + Double(number) * 0.004)
            }
            if let best = costs.min(by: { $0.1 < $1.1 }) { return best.0 }
        }
        return nil
    }

    /// How much there is to see in a part of the frame, at once and from one moment to the next.
    private func activity(in box: Box, _ range: TimeRange) -> Double {
        let parts = reel.parts(of: box, in: range, grounds)
        let details = parts.map { $0.picture.detail(in: $0.box) }
        let changes = zip(parts, parts.dropFirst()).map { $0.picture.change(to: $1.picture, in: $1.box) }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        return mean(details) + 2 * mean(changes)
    }

    /// Faces at a moment of the source, a little larger than they were found; of people whose faces nobody looked for,
    /// where they should be.
    private func faces(at time: MediaTime) -> [Box] {
        let seen = tracks.compactMap { track in box(of: track, at: time).map { (track.kind, $0) } }
        let faces = seen.filter { $0.0 == .faces }.map(\.1)
        let heads = seen.filter { $0.0 == .people }.map { _, box in
            Box(x: box.x + box.width * 0.2, y: box.y, width: box.width * 0.6, height: box.height * 0.25)
        }
        return (faces.isEmpty ? heads : faces).map { box in
            let (x, y) = (box.width * 0.15, box.height * 0.15)
            return Box(x: box.x - x, y: box.y - y, width: box.width + 2 * x, height: box.height + 2 * y)
        }
    }

    private func box(of track: SubjectTrack, at time: MediaTime) -> Box? {
        track.box(at: time)
            ?? track.points.first { abs(($0.time - time).seconds) < Self.near }?.box
    }

    /// How long a face stays about where it was found, in seconds.
    private static let near = 0.7
}
