internal import Glibc
internal import MomentsCore

/// What a job's time depends on.
struct JobKind: Codable, Sendable {
    /// The video codec.
    let codec: String
    /// Pixels of a picture.
    let pixels: Double
    /// Pictures of the video.
    let pictures: Double
    /// Seconds of the reel.
    let reel: Double
    /// Seconds of the video.
    let duration: Double
    /// What the reel is to be.
    let quality: Quality
    /// How much is decoded.
    let analysis: AnalysisMode

    init(_ media: MediaInfo, _ options: JobOptions) {
        codec = media.videoCodec
        pixels = Double(max(1, media.width)) * Double(max(1, media.height))
        pictures = Double(max(1, media.totalFrames))
        duration = max(0.04, media.duration)
        reel = min(duration, max(0.04, options.targetDuration))
        quality = options.quality
        analysis = options.analysis
    }

    /// Whether the numbers are such that can be calculated with.
    var isPlausible: Bool {
        [pixels, pictures, reel, duration].allSatisfy { $0.isFinite && $0 > 0 }
    }

    /// Seconds that finding the moments should take on a machine with two cores: start, sound, decoded pictures.
    var looking: Double {
        let share = analysis == .full ? 1 : 0.06
        return 0.15 + 0.001 * duration + 1.4e-9 * pixels * pictures * share
    }

    /// Seconds that making the result should take there: stills, start of the encoder, pictures of the reel.
    var making: Double {
        let rate = min(240, pictures / duration)
        let (most, cost) =
            switch quality {
            // 1280 × 720 and 1920 × 1080: larger pictures are made smaller.
            case .low: (921_600.0, 8e-9)
            case .medium: (2_073_600.0, 1e-8)
            case .high: (.infinity, 1.4e-8)
            case .original, .auto: (.infinity, 2e-9)
            }
        return 0.3 + 1e-7 * pixels + cost * min(pixels, most) * rate * reel
    }

    /// How much another job's time for finding moments tells of this one's: 0–1.
    func similarityOfAnalysis(_ other: JobKind) -> Double {
        (codec == other.codec ? 1 : 0.1) * (analysis == other.analysis ? 1 : 0.05)
            * Self.nearness(looking, other.looking)
    }

    /// How much another job's time for making the result tells of this one's: 0–1.
    func similarityOfMaking(_ other: JobKind) -> Double {
        (codec == other.codec ? 1 : 0.1) * (quality == other.quality ? 1 : 0.05) * Self.nearness(making, other.making)
    }

    /// 1 for the same size, less the more they differ: half for twice the size.
    private static func nearness(_ one: Double, _ other: Double) -> Double { exp(-abs(log(one / other))) }
}
