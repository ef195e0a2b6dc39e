internal import MomentsBench

/// What a measurement needs of a `highlight.json`.
struct BenchHighlight: Decodable {
    /// How the moments were looked for.
    struct Analysis: Decodable {
        let frames_decoded_share: Double
        let reason: String
    }

    private struct Shot: Decodable {
        let copied: Double?

        enum CodingKeys: String, CodingKey { case copied = "copied_share" }
    }

    /// How the moments were looked for.
    let analysis: Analysis
    /// The reel, as every reel is read.
    let reel: JudgedReel
    /// The reel's stretches of the video.
    var shots: [Span] { reel.shots }
    /// How much of the reel is the source's own pictures, 0–1; nil where the file does not say.
    let copiedShare: Double?

    private enum CodingKeys: String, CodingKey {
        case analysis
        case shots
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        analysis = try values.decode(Analysis.self, forKey: .analysis)
        let read = try values.decode([Shot].self, forKey: .shots)
        reel = try JudgedReel(from: decoder)
        let shots = reel.shots
        let copied = zip(read, shots).compactMap { shot, span in shot.copied.map { $0 * span.seconds } }
        copiedShare = copied.isEmpty ? nil : copied.reduce(0, +) / max(shots.seconds, 1e-9)
    }
}
