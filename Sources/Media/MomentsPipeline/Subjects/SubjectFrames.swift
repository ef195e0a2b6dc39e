internal import FoundationEssentials
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsSubjects

/// Small pictures of what the analysis decodes, kept in few bytes until it is known which are worth looking at.
struct SubjectFrames: Codable, Sendable {
    /// One picture.
    private struct Entry: Codable {
        let time: MediaTime
        let number: Int
        let bytes: Data
    }

    private var entries: [Entry] = []

    /// The longer side of the pictures in pixels, where the video is not smaller.
    ///
    /// At 384, CenterFace takes a third of the time it takes at 640, and misses faces smaller than a twentieth of the
    /// picture's height.
    static let longSide = 384
    /// More than these are not kept, some 20 MB.
    private static let most = 1200

    /// When the pictures are shown, rising.
    var times: [MediaTime] { entries.map(\.time) }
    /// Their places among the frames shown.
    var numbers: [Int] { entries.map(\.number) }

    /// Keeps a picture, once.
    mutating func add(_ picture: StillImage, at time: MediaTime, number: Int, _ store: FrameStore) throws {
        let place = entries.lastIndex { $0.time < time }.map { $0 + 1 } ?? 0
        let isThere = place < entries.count && entries[place].time == time
        guard entries.count < Self.most, !isThere else { return }
        let entry = Entry(time: time, number: number, bytes: Data(try store.bytes(of: picture)))
        entries.insert(entry, at: place)
    }

    /// Takes a picture out again.
    ///
    /// - Parameters:
    ///   - place: Its place among them.
    ///   - matrix: The name of the matrix the video is coded by.
    /// - Returns: The picture, as it was but for what a JPEG loses.
    /// - Throws: `MediaError` where its bytes are damaged.
    func picture(_ place: Int, matrix: String) throws -> SubjectFrame {
        let picture = try FrameStore.picture(from: Array(entries[place].bytes))
        return SubjectFrame(
            width: picture.width,
            height: picture.height,
            luma: picture.luma,
            cb: picture.cb,
            cr: picture.cr,
            matrix: matrix
        )
    }
}
