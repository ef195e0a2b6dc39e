internal import MomentsCore

/// The jobs by their video's path below the inbox, and by their identifier.
struct JobTable {
    private var jobs: [FilePath: Job] = [:]
    private var paths: [String: FilePath] = [:]

    /// The job of a video; setting it keeps the index of identifiers true.
    subscript(path: FilePath) -> Job? {
        get { jobs[path] }
        set {
            let old = jobs[path]?.manifest.jobID
            if let old, old != newValue?.manifest.jobID, paths[old] == path { paths[old] = nil }
            if let id = newValue?.manifest.jobID { paths[id] = path }
            jobs[path] = newValue
        }
    }

    /// Where the job of this identifier is.
    func path(of jobID: String) -> FilePath? { paths[jobID] }

    /// The videos' paths, in no order.
    var keys: [FilePath] { Array(jobs.keys) }

    /// The jobs, in no order.
    var values: Dictionary<FilePath, Job>.Values { jobs.values }

    /// Whether there is none.
    var isEmpty: Bool { jobs.isEmpty }
}
