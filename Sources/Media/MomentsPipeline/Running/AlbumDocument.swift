internal import MomentsCore

/// What came from whom, and what was left out: the content of `album.json`.
struct AlbumDocument: Encodable {
    struct Shot: Encodable {
        let shot: String
        /// The video below the album's folder.
        let file: FilePath
        let start: Double
        let end: Double
        let score: Double
        let reasons: [String]
        let recorded: Timestamp?
        /// The day that begins with it: "2026-07-12"; nil where none does.
        var day: String?
    }

    struct LeftOut: Encodable {
        let file: FilePath
        let reason: String
    }

    struct Clock: Encodable {
        let file: FilePath
        /// When it began, by the clock of most whose sounds lie over each other.
        let recorded: Timestamp?
        /// Seconds by which its own clock is ahead of that.
        let ahead: Double
    }

    let schema = "momentsd.album/1"
    let videos: Int
    let width: Int
    let height: Int
    let frameRate: Rational
    var shots: [Shot]
    let leftOut: [LeftOut]
    let clocks: [Clock]

    private enum CodingKeys: String, CodingKey {
        case schema
        case videos
        case width
        case height
        case frameRate = "frame_rate"
        case shots
        case leftOut = "left_out"
        case clocks
    }
}
