internal import FoundationEssentials
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsSystem

/// What an album needs to know of a video: kept, so that only new ones are looked at when more come.
struct AlbumFacts: Hashable, Codable {
    /// The version that found it.
    let version: String
    /// Seconds.
    let duration: Double
    /// Width as shown, in pixels.
    let width: Int
    /// Height as shown, in pixels.
    let height: Int
    /// Pictures a second; 0 where nothing tells.
    let rate: Double
    let hasAudio: Bool
    /// When it was recorded, by its own clock.
    let recorded: Timestamp?
    /// What may be shown of it, best first.
    let candidates: [AlbumChoice.Candidate]

    /// More moments of one video are not kept.
    private static let most = 24
    /// The folder in staging in which they are.
    static let folder: FilePath = ".album"
    private static let largest: Int64 = 1 << 20

    init(_ video: ProbedVideo, _ selection: Selection) {
        let shown = video.source.video.format.displaySize
        version = Version.text
        duration = video.source.duration.seconds
        (width, height) = (shown.width, shown.height)
        rate = video.source.frameRate.isPositive ? video.source.frameRate.value : 0
        hasAudio = video.source.audio != nil
        recorded = video.tags.time
        let shots = selection.shots.map { AlbumChoice.Candidate(range: $0.range, score: $0.score, reasons: $0.reasons) }
        // Why something was nearly chosen says nothing for it.
        let others = selection.nearMisses.map { AlbumChoice.Candidate(range: $0.range, score: $0.score, reasons: []) }
        candidates = Array((shots + others).prefix(Self.most))
    }

    /// What is known of a photo: it stands for some seconds.
    init(_ photo: PictureReader.Facts, seconds: Double) {
        version = Version.text
        duration = seconds
        (width, height, rate, hasAudio) = (photo.width, photo.height, 0, false)
        recorded = PhotoTime.read(photo)
        let range = TimeRange(start: .zero, end: MediaTime(seconds: seconds))
        candidates = [AlbumChoice.Candidate(range: range, score: Self.photoScore, reasons: ["a photo"])]
    }

    /// What a photo counts, in which nothing tells more: as a good second moment of a video.
    private static let photoScore = 0.5

    /// Where the facts of a video are in a staging folder; nil where it is not there.
    static func file(of files: [FilePath], in staging: FilePath) -> FilePath? {
        var statuses: [FileStatus] = []
        for path in files {
            guard let status = try? FileStatus.of(path) else { return nil }
            statuses.append(status)
        }
        let whole = statuses.first?.joined(with: Array(statuses.dropFirst()))
        return whole.map { staging.appending(folder).appending(FilePath($0.identity)) }
    }

    /// What was found earlier; nil where it has to be looked for.
    static func load(of files: [FilePath], in staging: FilePath) -> AlbumFacts? {
        guard let path = file(of: files, in: staging), let size = try? FileStatus.of(path).size, size <= largest,
            let opened = try? Descriptor.openRegular(path), let bytes = try? opened.read(Int(size), at: 0, of: path),
            let facts = try? MomentsJSON.decode(AlbumFacts.self, from: Data(bytes)), facts.version == Version.text
        else { return nil }
        return facts
    }

    /// Notes that a video is being looked at, until `end`: should the worker end meanwhile, the next one knows where it was.
    ///
    /// - Returns: Whether an earlier worker ended while it looked at that video.
    static func begin(_ files: [FilePath], in staging: FilePath) -> Bool {
        guard let mark = mark(of: files, in: staging) else { return false }
        let wasBegun = (try? FileStatus.of(mark)) != nil
        try? Folder.make(mark.parent)
        _ = try? AtomicFile.replace(mark, with: [], durable: false)
        return wasBegun
    }

    /// Notes that a worker is done with a video.
    static func end(_ files: [FilePath], in staging: FilePath) {
        if let mark = mark(of: files, in: staging) { try? Folder.removeFile(mark) }
    }

    private static func mark(of files: [FilePath], in staging: FilePath) -> FilePath? {
        file(of: files, in: staging)?.adding(suffix: ".begun")
    }

    /// Keeps it; where that fails, it is looked for another time.
    func save(of files: [FilePath], in staging: FilePath) {
        guard let path = Self.file(of: files, in: staging), let content = try? MomentsJSON.line(self),
            (try? Folder.make(path.parent)) != nil
        else { return }
        _ = try? AtomicFile.replace(path, with: content, durable: false)
    }
}
