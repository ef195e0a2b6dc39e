internal import FoundationEssentials
public import MomentsCore
internal import MomentsSystem

/// How long this machine's own past jobs took, to say how long the next will take.
public struct DurationHistory: Sendable {
    private struct Entry: Codable, Sendable {
        let media: Double
        let seconds: Double
    }

    private var entries: [Entry] = []
    private let file: FilePath
    private static let most = 64

    /// Reads the history from a file; one that is not there, or not readable, is an empty history.
    public init(file: FilePath) {
        self.file = file
        guard let opened = try? Descriptor.openRegular(file),
            let bytes = try? opened.read(1 << 20, at: 0, of: file),
            let entries = try? MomentsJSON.decode([Entry].self, from: Data(bytes))
        else { return }
        self.entries = entries.filter { $0.media > 0 && $0.seconds >= 0 }.suffix(Self.most)
    }

    /// Adds a finished job and saves; losing it does no harm, so that failing to save is no error.
    ///
    /// - Parameters:
    ///   - media: Seconds of video.
    ///   - seconds: How long the job took.
    public mutating func add(media: Double, seconds: Double) {
        guard media > 0, media.isFinite, seconds >= 0, seconds.isFinite else { return }
        entries = (entries + [Entry(media: media, seconds: seconds)]).suffix(Self.most)
        guard let document = try? MomentsJSON.document(entries) else { return }
        try? AtomicFile.replace(file, with: document, durable: false)
    }

    /// The seconds a job on so many seconds of video will take: by the median of the past; nil without any.
    public func estimate(media: Double) -> Double? {
        guard !entries.isEmpty, media > 0 else { return nil }
        let rates = entries.map { $0.seconds / $0.media }.sorted()
        return (rates[rates.count / 2] * media * 10).rounded() / 10
    }
}
