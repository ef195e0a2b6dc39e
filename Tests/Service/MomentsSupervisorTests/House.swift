import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

/// A supervisor over folders of its own, with a worker that is a shell script.
///
/// The script does what the video's name asks for: "slow" works until it is stopped, "crash" dies of SIGSEGV, "hang"
/// says nothing, "fail" fails for good, "pause" takes until the gate lets it through, and "lost" fails then, as if its
/// video were not there; anything else makes a small result.
struct House {
    let inbox: FilePath
    let outbox: FilePath
    let state: FilePath
    let script: FilePath
    let starts: FilePath
    /// What workers wait before that are to wait for the test.
    let gate: Gate
    /// What workers wait before that are to do nothing any more; it stays closed.
    let never: Gate
    let recorder = Recorder()
    var configuration: SupervisorConfiguration

    init(in root: FilePath = ScratchFolder.path) throws {
        (inbox, outbox, state) = (root.appending("inbox"), root.appending("outbox"), root.appending("state"))
        (script, starts) = (root.appending("worker.sh"), root.appending("starts"))
        for folder in [inbox, outbox, state] { try Folder.make(folder) }
        (gate, never) = (try Gate(root.appending("gate")), try Gate(root.appending("never")))
        let worker = Self.worker(starts: starts, gate: gate, never: never)
        try AtomicFile.replace(script, with: Array(worker.utf8), mode: 0o755)
        try AtomicFile.replace(starts, with: [])
        configuration = SupervisorConfiguration(
            inbox: inbox,
            outbox: outbox,
            state: state,
            worker: [script]
        ) { (request, folder) throws(JobError) in
            guard let request else { return JobWish(JobOptions(), preset: folder) }
            if request == Array("cancel".utf8) { return JobWish(JobOptions(), preset: folder, isCancelled: true) }
            guard let seconds = Double(String(decoding: request, as: UTF8.self)) else {
                throw JobError(.invalidRequest, "The request is no number.")
            }
            return JobWish(JobOptions(targetDuration: seconds), preset: folder)
        }
        configuration.settleTime = .seconds(0.3)
        configuration.stopTimeout = .seconds(3)
        configuration.leastFreeSpace = 0
    }

    func open() async throws -> Supervisor {
        let supervisor = Supervisor(configuration, observers: [recorder])
        try await supervisor.start()
        return supervisor
    }

    func drop(_ name: FilePath, _ content: String = "a video") throws {
        try AtomicFile.replace(inbox.appending(name), with: Array(content.utf8), durable: false)
    }

    func manifest(_ name: FilePath) -> Manifest? {
        let path = inbox.appending(ManifestName.manifest(of: name))
        guard let file = try? Descriptor.openRegular(path), let bytes = try? file.read(1 << 20, at: 0, of: path) else {
            return nil
        }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    func status(_ name: FilePath) -> JobStatus? { manifest(name)?.status }

    /// The names of the videos that workers were started on, in order.
    var started: [String] { Self.lines(of: starts) }

    /// What workers were told, a line for each.
    var specs: [String] { Self.lines(of: starts.adding(suffix: ".specs")) }

    /// How often a worker was started on a video.
    func starts(of name: String) -> Int { started.count { $0 == name } }

    /// Returns once a video that comes only now is done: whatever else was to be begun has been begun by then.
    func pass(_ name: FilePath = "sentinel.mp4", sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try drop(name, "content of \(name.text)")
        await eventually("\(name)", sourceLocation: sourceLocation) { status(name) == .completed }
    }

    /// Returns once a video that comes only now is done and has left the inbox.
    func passAway(_ name: FilePath) async throws {
        try drop(name, "content of \(name.text)")
        await eventually("\(name)") {
            results().contains(name.stem.text) && (try? FileStatus.of(inbox.appending(name))) == nil
                && manifest(name) == nil
        }
    }

    /// Returns once another supervisor, over folders of its own, has done a video: for when our own cannot.
    func passElsewhere() async throws {
        let other = try House(in: ScratchFolder.path.appending("elsewhere \(UInt32.random(in: .min ... .max))"))
        let supervisor = try await other.open()
        try await other.pass()
        await supervisor.stop()
    }

    func results(_ folder: FilePath = "") -> [String] {
        ((try? Folder.names(in: outbox.appending(folder))) ?? []).filter { $0 != ".momentsd" }.map(\.text)
    }

    static func lines(of path: FilePath) -> [String] {
        guard let file = try? Descriptor.openRegular(path), let bytes = try? file.read(1 << 20, at: 0, of: path) else {
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The SHA-256 of what the workers of these tests make.
    static let helloDigest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

    private static func worker(starts: FilePath, gate: Gate, never: Gate) -> String {
        #"""
        #!/bin/sh
        read -r spec
        printf '%s\n' "$spec" >> "\#(starts.text).specs"
        staging=$(printf '%s' "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
        name=$(printf '%s' "$spec" | sed 's/.*"name":\({[^}]*}\|"\([^"]*\)"\).*/\2/')
        # One write, so that two workers that start together do not mix their lines.
        printf '%s\n' "$name" >> "\#(starts.text)"
        echo "{\"event\":\"started\",\"version\":\"test\",\"pid\":$$}"
        echo '{"event":"stage_started","stage":"probe"}'
        echo "no event at all"
        echo "a complaint" >&2
        case "$spec" in
        *slow* | *hang*) \#(never.wait) ;;
        *crash*) kill -SEGV $$ ;;
        *pause*) \#(gate.wait) ;;
        *lost*)
            \#(gate.wait)
            echo '{"event":"failed","stage":"probe","error":{"error":"ReadFailed","message":"It is not there.","detail":"","transient":true}}'
            exit 1
            ;;
        *fail*) echo '{"event":"failed","stage":"probe","error":{"error":"NoVideoStream","message":"There is no video in it.","detail":"","transient":false}}'; exit 3 ;;
        esac
        for share in 0.1 0.2 0.5 0.9; do echo "{\"event\":\"progress\",\"stage\":\"probe\",\"share\":$share}"; done
        echo '{"event":"stage_completed","stage":"probe"}'
        printf hello > "$staging/highlight.mp4"
        echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"\#(helloDigest)"}],"input_duration":10,"output_duration":5,"segments_selected":2}}'
        """#
    }
}
