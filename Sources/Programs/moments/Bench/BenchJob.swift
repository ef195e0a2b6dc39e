internal import FoundationEssentials
internal import Glibc
internal import MomentsBench
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// One whole job through a real worker, measured; what it made is read and removed again.
struct BenchJob {
    /// What the job cost.
    let cost: BenchCost
    /// The most memory the worker had resident, in bytes.
    let peakMemory: Int64
    /// What each stage cost.
    let stages: [Stage: BenchCost]
    /// What the video is.
    let media: MediaInfo?
    /// What stands in its `highlight.json`.
    let highlight: BenchHighlight
    /// When its scenes start, without the first one's.
    let sceneStarts: [Double]

    /// Does the job.
    ///
    /// - Parameters:
    ///   - file: The video, as an absolute path without links.
    ///   - options: How.
    ///   - helpers: Who answers what its worker asks.
    ///   - interruption: Stops it.
    /// - Returns: What was measured.
    /// - Throws: `Failure` with the job's own reason.
    static func run(
        _ file: FilePath,
        _ options: JobOptions,
        helpers: LocalHelpers = LocalHelpers(),
        _ interruption: Interruption
    ) throws(Failure) -> BenchJob {
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        let folder = root.appending(FilePath("moments-bench-" + JobIdentifier.make()))
        do {
            try Folder.make(folder, mode: 0o700)
            defer { try? Folder.removeTree(folder) }
            let staging = try Folder.resolved(folder)
            let parts = LocalCompanions.parts(of: file)
            let spec = JobSpec(
                jobID: JobIdentifier.make(),
                source: file,
                name: file.name,
                staging: staging,
                options: options,
                lifeline: true,
                models: Settings().modelFolders,
                parts: parts,
                companions: ([file] + parts).flatMap { LocalCompanions.of($0) }
            )
            return try measure(spec, helpers, interruption)
        } catch let failure as Failure { throw failure } catch { throw Failure("\(error)") }
    }

    private static func measure(
        _ spec: JobSpec,
        _ helpers: LocalHelpers,
        _ interruption: Interruption
    ) throws -> BenchJob {
        var (begun, stages): ([Stage: BenchCost], [Stage: BenchCost]) = ([:], [:])
        var media: MediaInfo?
        var pid: Int32?
        func soFar() -> BenchCost {
            BenchCost(
                wall: MonotonicClock.now,
                processor: pid.flatMap { ProcessUsage.processorSeconds(of: $0) } ?? 0
            )
        }
        let began = MonotonicClock.now
        var failure: String?
        let worker = try ForegroundWorker(
            spec,
            settings: Settings(),
            interruption: interruption,
            helpers: helpers
        ) { event in
            switch event {
            case .started(_, let number, _): pid = number
            case .stageStarted(let stage): begun[stage] = soFar()
            case .stageCompleted(let stage): stages[stage] = begun[stage].map { soFar().since($0) }
            case .media(let found): media = found
            case .judged(_, let reason): failure = reason
            default: break
            }
        }
        let wall = MonotonicClock.now - began
        if case .failed(let error, _) = worker.outcome { throw Failure("\(error)") }
        if let failure { throw Failure("the judge does not count: \(failure)") }
        struct Scenes: Decodable {
            struct Scene: Decodable { let start: Double }
            let scenes: [Scene]
        }
        return BenchJob(
            cost: BenchCost(wall: wall, processor: worker.usage?.processorSeconds ?? 0),
            peakMemory: worker.usage?.peakMemory ?? 0,
            stages: stages,
            media: media,
            highlight: try read("highlight.json", in: spec.staging),
            sceneStarts: try (read("scenes.json", in: spec.staging) as Scenes).scenes.dropFirst().map(\.start)
        )
    }

    private static func read<Value: Decodable>(_ name: FilePath, in folder: FilePath) throws -> Value {
        let path = folder.appending(name)
        let bytes = try Descriptor.openRegular(path).read(64 << 20, at: 0, of: path)
        return try MomentsJSON.decode(Value.self, from: Data(bytes))
    }
}
