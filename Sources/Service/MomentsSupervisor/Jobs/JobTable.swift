internal import MomentsCore

/// The jobs by their video's path below the inbox, by their identifier, and by their content.
///
/// It belongs to one actor and is never copied: the jobs stand in boxes, because a table of such large values keeps room
/// for twice as many.
struct JobTable: ~Copyable {
    private final class Box {
        var job: Job

        init(_ job: Job) { self.job = job }
    }

    private var jobs: [FilePath: Box] = [:]
    private var paths: [String: FilePath] = [:]
    private var contents: [String: Set<FilePath>] = [:]
    /// How many of the jobs the observers were told of stand where.
    private(set) var counts: [JobStatus: Int] = [:]
    /// The same for each owner, where they take turns.
    private(set) var owners: [Owner: [JobStatus: Int]] = [:]
    /// What tells owners apart.
    var sharing = FairShare.off {
        didSet {
            guard sharing != oldValue else { return }
            owners = [:]
            if sharing != .off { for box in jobs.values { count(box.job, by: 1) } }
        }
    }

    /// The job of a video; setting it keeps the indexes true.
    subscript(path: FilePath) -> Job? {
        get { jobs[path]?.job }
        set {
            let old = replace(path, newValue)
            if old?.told != newValue?.told {
                if let status = old?.told { counts[status, default: 1] -= 1 }
                if let status = newValue?.told { counts[status, default: 0] += 1 }
            }
            if sharing != .off {
                count(old, by: -1)
                count(newValue, by: 1)
            }
            let (oldID, newID) = (old?.manifest.jobID, newValue?.manifest.jobID)
            if oldID != newID {
                if let oldID, paths[oldID] == path { paths[oldID] = nil }
                if let newID { paths[newID] = path }
            }
            let (before, now) = (old?.manifest.source.contentID, newValue?.manifest.source.contentID)
            guard before != now else { return }
            if let before {
                contents[before]?.remove(path)
                if contents[before]?.isEmpty == true { contents[before] = nil }
            }
            if let now { contents[now, default: []].insert(path) }
        }
    }

    /// Where the job of this identifier is.
    func path(of jobID: String) -> FilePath? { paths[jobID] }

    /// The videos known to hold this content.
    func paths(ofContent contentID: String) -> Set<FilePath> { contents[contentID] ?? [] }

    /// The videos' paths, in no order.
    var keys: [FilePath] { Array(jobs.keys) }

    /// The jobs, in no order.
    var values: some Collection<Job> { jobs.values.lazy.map(\.job) }

    /// Whether anything is still to be done, or arriving, below a folder, besides one job.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - path: The job.
    ///   - patience: An upload that has not changed for so long does not get on, and is not waited for.
    ///   - now: The moment.
    /// - Returns: Whether there is something to wait for.
    func hasWork(below folder: FilePath, besides path: FilePath, patience: Duration, at now: Moment) -> Bool {
        jobs.contains { other, box in
            other != path && (folder.isEmpty || other.relative(to: folder) != nil)
                && box.job.manifest.config.album == nil
                && (box.job.video.settling.map { $0.quietAge(at: now) < patience }
                    ?? [.pending, .processing].contains(box.job.manifest.status))
        }
    }

    /// Whether any video is still arriving.
    var hasSettling: Bool { jobs.values.contains { $0.job.video.settling != nil } }

    /// Whether there is none.
    var isEmpty: Bool { jobs.isEmpty }

    /// Takes a job of which the observers know into its owner's numbers, or out of them.
    private mutating func count(_ job: Job?, by number: Int) {
        guard let job, let status = job.told else { return }
        let owner = Sharing(by: sharing).owner(of: job)
        owners[owner, default: [:]][status, default: 0] += number
        if owners[owner]?.values.allSatisfy({ $0 == 0 }) == true { owners[owner] = nil }
    }

    /// Sets or removes a job and returns what was there.
    private mutating func replace(_ path: FilePath, _ job: Job?) -> Job? {
        guard let job else { return jobs.removeValue(forKey: path)?.job }
        guard let box = jobs[path] else {
            jobs[path] = Box(job)
            return nil
        }
        defer { box.job = job }
        return box.job
    }
}
