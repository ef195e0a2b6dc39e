public import MomentsCore
internal import MomentsMedia

/// What a reel is to show, and how it is to be made.
public struct ReelPlan: Hashable, Sendable {
    /// The stretches of the source, in the reel's order; each starts and ends on a picture's time.
    public var shots: [TimeRange]
    /// How large and how finely it is encoded.
    public var quality: Quality
    /// The loudness aimed at, in LUFS; nil leaves the levels alone.
    public var loudness: Double?
    /// Whether a shot may lose up to a sixth of a second at an edge where that saves encoding it.
    public var mayTrim: Bool
    /// How one shot gives way to the next.
    public var transition: ReelTransition
    /// Tags of the file, such as "title" and "creation_time".
    public var tags: [String: String]

    /// Makes a plan.
    public init(
        shots: [TimeRange],
        quality: Quality,
        loudness: Double?,
        mayTrim: Bool = false,
        transition: ReelTransition = .cut,
        tags: [String: String]
    ) {
        self.shots = shots
        self.quality = quality
        self.loudness = loudness
        self.mayTrim = mayTrim
        self.transition = transition
        self.tags = tags
    }

    /// A chapter for each shot, named by when the source shows it; none for a single shot.
    var chapters: [ReelChapter] {
        let shown = zip(shots, places).filter { $1.duration > .zero }
        guard shown.count > 1 else { return [] }
        return shown.map { shot, place in
            ReelChapter(title: ClockText.milliseconds(shot.start.seconds), start: place.start, end: place.end)
        }
    }

    /// How long the reel will be.
    public var duration: MediaTime { shots.reduce(.zero) { $0 + $1.duration } }

    /// Where in the reel each shot is shown.
    public var places: [TimeRange] {
        var start = MediaTime.zero
        return shots.map { shot in
            defer { start = start + shot.duration }
            return TimeRange(start: start, end: start + shot.duration)
        }
    }

    /// The size and colours of the reel's pictures: never larger than the source's, and within what players can show.
    func preparation(of format: PictureFormat, frameRate: Rational) -> PicturePreparation {
        let shown = format.displaySize
        let lines: Int? =
            switch quality {
            case .low: 720
            case .medium: 1080
            case .high, .original, .auto: nil
            }
        // "720p" limits the shorter side: a phone's upright video is 720 × 1280.
        let isUpright = shown.height > shown.width
        // H.264's level 5.2, the highest that players know, ends at 4096 × 2304 and at so many pixels a second.
        let busy = Double(shown.width * shown.height) * frameRate.value / (2_073_600 * 256)
        let limit = busy > 1 ? Int((Double(max(shown.width, shown.height)) / busy.squareRoot()).rounded(.down)) : 4096
        let (long, short) = (min(4096, limit), min(lines ?? 2304, limit))
        return PicturePreparation(
            of: format,
            width: isUpright ? short : long,
            height: isUpright ? long : short,
            purpose: .video(matrix: format.reelMatrix)
        )
    }

    /// x264's constant rate factor.
    var rateFactor: Double {
        switch quality {
        case .low: 27
        case .medium: 23
        case .high, .auto: 20
        case .original: 16
        }
    }
}
