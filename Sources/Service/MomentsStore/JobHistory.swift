internal import FoundationEssentials
internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// What this machine's own past jobs took, to say how long the next will take.
///
/// One line of JSON for each of the last 64 jobs; a line that is torn or from another version is passed over.
public struct JobHistory: Sendable {
    private var entries: [JobEffort]
    private let file: FilePath
    private static let most = 64

    /// Reads the history from a file; one that is not there is an empty history.
    public init(file: FilePath) {
        self.file = file
        entries = []
        guard let opened = try? Descriptor.openRegular(file), let bytes = try? opened.read(1 << 20, at: 0, of: file)
        else { return }
        let read = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            try? MomentsJSON.decode(JobEffort.self, from: Data(line))
        }
        entries = read.filter { $0.isPlausible }.suffix(Self.most)
    }

    /// Adds a finished job and saves.
    ///
    /// Not waiting for the disk, and failing to save is no error: losing the history does no harm.
    ///
    /// - Parameter manifest: The job, completed; one whose stages were not all done in one go tells nothing and is ignored.
    public mutating func add(_ manifest: Manifest) { if insert(manifest) { save() } }

    /// Adds a finished job without saving.
    ///
    /// - Returns: Whether it tells anything.
    public mutating func insert(_ manifest: Manifest) -> Bool {
        guard let effort = JobEffort(of: manifest), effort.isPlausible else { return false }
        entries = (entries + [effort]).suffix(Self.most)
        return true
    }

    /// Writes the history; failing to do so is no error.
    public func save() {
        let lines = entries.compactMap { try? MomentsJSON.line($0) }.reduce(into: Data()) { $0 += $1 }
        _ = try? AtomicFile.replace(file, with: lines, durable: false)
    }

    /// The seconds a job will take: what it should by its size, corrected by how past jobs like it went.
    ///
    /// - Parameters:
    ///   - media: What the video is.
    ///   - options: How the result is made.
    /// - Returns: Seconds, to a tenth; nil without any past job.
    public func estimate(_ media: MediaInfo, _ options: JobOptions) -> Double? {
        let job = JobKind(media, options)
        let looking = correction { (job.similarityOfAnalysis($0.kind), $0.looking / $0.kind.looking) }
        let making = correction { (job.similarityOfMaking($0.kind), $0.making / $0.kind.making) }
        guard let looking, let making else { return nil }
        return ((job.looking * looking + job.making * making) * 10).rounded() / 10
    }

    /// The weighted median of the factors by which past jobs took longer than expected: one odd job does not move it.
    private func correction(_ judge: (JobEffort) -> (weight: Double, factor: Double)) -> Double? {
        var judged = entries.reversed().enumerated().map { age, entry in
            let (weight, factor) = judge(entry)
            // Programs and machines change: a job sixteen jobs ago counts half.
            return (weight: weight * pow(0.5, Double(age) / 16), factor: factor)
        }
        judged.sort { $0.factor < $1.factor }
        let half = judged.reduce(0) { $0 + $1.weight } / 2
        var passed = 0.0
        return judged.first { entry in
            passed += entry.weight
            return passed >= half
        }?.factor
    }
}
