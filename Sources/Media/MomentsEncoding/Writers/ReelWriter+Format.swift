public import MomentsCore
public import MomentsMedia

extension ReelWriter {
    /// What the reel is to be.
    public struct Format: Sendable {
        /// How frames are made; its purpose is a video.
        public let preparation: FramePreparation
        /// The part of them that is shown; nil for all.
        public let window: CropWindow?
        /// What is made unrecognizable in each shot, on the reel's clock, by the shot's number.
        public let covers: [FrameCover]
        /// The source's own clock; the reel's is as fine or finer, and names its times exactly.
        public let sourceBase: Rational
        /// About how many frames come a second.
        public let frameRate: Rational
        /// What the source's frames are like.
        public let source: VideoFormat
        /// The light an HDR source was made for; nil for others.
        public let light: MasteringLight?
        /// x264's constant rate factor.
        public let rateFactor: Double
        /// How much finer frames at the edges of shots are quantised, in steps of H.264.
        public let edgeGain: Double
        /// x264's preset.
        public let preset: String
        /// Tags of the file, such as "title" and "creation_time".
        public let tags: [String: String]
        /// Its named segments.
        public let chapters: [ReelChapter]
        /// How long the shortest frame is shown; nil for about as long as all others.
        public var shortest: MediaTime?

        /// The width of the reel's frames in pixels.
        var width: Int { window?.width ?? preparation.width }
        /// Their height in pixels.
        var height: Int { window?.height ?? preparation.height }

        /// How its frames are encoded, on the reel's clock.
        func settings(_ base: Rational) -> EncoderSettings {
            let frameRate = frameRate.isPositive ? frameRate : Rational(25, 1)
            switch preparation.purpose {
            case .video(let matrix):
                return .reel(
                    width: width,
                    height: height,
                    base: base,
                    frameRate: frameRate,
                    matrix: matrix,
                    rateFactor: rateFactor,
                    preset: preset
                )
            case .wideVideo:
                return .wideReel(
                    width: width,
                    height: height,
                    base: base,
                    frameRate: frameRate,
                    transfer: source.transfer,
                    primaries: source.primaries,
                    light: light,
                    rateFactor: rateFactor
                )
            case .still: preconditionFailure("a reel is prepared as a video")
            }
        }

        /// Makes a format.
        public init(
            preparation: FramePreparation,
            window: CropWindow? = nil,
            covers: [FrameCover] = [],
            sourceBase: Rational,
            frameRate: Rational,
            source: VideoFormat,
            light: MasteringLight?,
            rateFactor: Double,
            edgeGain: Double,
            preset: String,
            tags: [String: String],
            chapters: [ReelChapter]
        ) {
            self.preparation = preparation
            self.window = window
            self.covers = covers
            self.sourceBase = sourceBase
            self.frameRate = frameRate
            (self.source, self.light) = (source, light)
            (self.rateFactor, self.edgeGain) = (rateFactor, edgeGain)
            self.preset = preset
            self.tags = tags
            self.chapters = chapters
        }
    }
}
