public import MomentsCore
public import MomentsEncoding
internal import MomentsMedia

/// What a reel is to show, and how it is to be made.
public struct ReelPlan: Hashable, Sendable {
    /// The segments of the source, in the reel's order; each starts and ends on a frame's time.
    public var shots: [TimeRange]
    /// How large and how finely it is encoded.
    public var quality: Quality
    /// The loudness aimed at, in LUFS; nil leaves the levels alone.
    public var loudness: Double?
    /// Whether a shot may lose up to a sixth of a second at an edge where that saves encoding it; half a second where
    /// the frames are large.
    public var mayTrim: Bool
    /// How one shot gives way to the next.
    public var transition: ReelTransition
    /// What becomes of HDR frames that are encoded.
    public var hdr: HDRMode
    /// The part of the picture that is shown; nil for all.
    public var framing: ReelFraming?
    /// What is made unrecognizable in each shot, in seconds of the source; nil where all may be seen.
    public var covers: [FrameCover]?
    /// A card at the start; nil for none.
    public var opening: ReelCard?
    /// A card at the end; nil for none.
    public var closing: ReelCard?
    /// What is written and painted on the frames; nil for nothing.
    public var titles: ReelTitles?
    /// The form that several videos are brought to; nil for the video's own.
    public var form: ReelForm?
    /// Tags of the file, such as "title" and "creation_time".
    public var tags: [String: String]
    /// Whether what a first reel failed by is avoided: edges are encoded finer still, peaks of audio are kept lower.
    public var isCareful = false
    /// For how long each shot and the one before it are on together.
    var overlaps: [MediaTime] = []

    /// Makes a plan.
    public init(
        shots: [TimeRange],
        quality: Quality,
        loudness: Double?,
        mayTrim: Bool = false,
        transition: ReelTransition = .cut,
        hdr: HDRMode = .tonemap,
        framing: ReelFraming? = nil,
        opening: ReelCard? = nil,
        closing: ReelCard? = nil,
        titles: ReelTitles? = nil,
        tags: [String: String]
    ) {
        self.shots = shots
        self.quality = quality
        self.loudness = loudness
        self.mayTrim = mayTrim
        self.transition = transition
        self.hdr = hdr
        self.framing = framing
        (self.opening, self.closing) = (opening, closing)
        self.titles = titles
        self.tags = tags
    }

    /// How long the reel will be.
    public var duration: MediaTime { (places.last?.end ?? lead) + (closing?.duration ?? .zero) }

    /// Where in the reel each shot is shown; with dissolves a place begins before the last one ends.
    public var places: [TimeRange] {
        var start = lead
        return shots.indices.map { number in
            start = start - overlap(before: number)
            defer { start = start + shots[number].duration }
            return TimeRange(start: start, end: start + shots[number].duration)
        }
    }

    /// When the first shot starts.
    private var lead: MediaTime { opening?.duration ?? .zero }

    /// The size and colours of the reel's frames: never larger than the source's, and within what players can show.
    func preparation(of format: VideoFormat, frameRate: Rational) -> FramePreparation {
        if let form {
            var preparation = FramePreparation(
                width: form.width,
                height: form.height,
                orientation: format.orientation,
                purpose: .video(matrix: "bt709")
            )
            preparation.fillsSides = form.fillsSides
            return preparation
        }
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
        return FramePreparation(
            of: format,
            width: isUpright ? short : long,
            height: isUpright ? long : short,
            purpose: keepsHDR(of: format) ? .wideVideo : .video(matrix: format.reelMatrix)
        )
    }

    /// The part of prepared frames that is shown; nil for all.
    func window(of preparation: FramePreparation) -> CropWindow? {
        framing?.window((preparation.width, preparation.height), shots, places)
    }

    /// Whether encoded frames stay HDR.
    func keepsHDR(of format: VideoFormat) -> Bool { hdr == .keep && format.isHDR }

    /// How much finer than others frames at the edges of shots are quantised: all qualities show them like the
    /// source's.
    var edgeGain: Double { max(0, rateFactor - 15) + (isCareful ? 6 : 0) }

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
