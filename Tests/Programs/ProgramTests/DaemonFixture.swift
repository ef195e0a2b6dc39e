import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Tests of the daemon as a process, with folders, a configuration and a stand-in for the worker of their own.
protocol DaemonFixture {}

extension DaemonFixture {
    var root: FilePath { ScratchFolder.path }
    var inbox: FilePath { root.appending("inbox") }
    var outbox: FilePath { root.appending("outbox") }
    var configuration: FilePath { root.appending("momentsd.conf") }

    /// Writes worker and configuration.
    func configure(outbox: FilePath? = nil) throws {
        let worker = root.appending("worker")
        // Each start is one line; the work takes a moment, so that a kill can fall into it.
        let script = #"""
            #!/bin/sh
            read -r spec
            staging=$(printf %s "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
            echo start >> "\#(root)/starts"
            echo '{"event":"started","version":"1","pid":1}'
            echo '{"event":"stage_started","stage":"probe"}'
            sleep 0.15
            printf hello > "$staging/highlight.mp4"
            echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}],"input_duration":5,"output_duration":3,"segments_selected":2}}'
            """#
        try AtomicFile.replace(worker, with: script.utf8, mode: 0o755, durable: false)
        let text = """
            [Folders]
            Inbox=\(inbox)
            Outbox=\(outbox ?? self.outbox)
            State=\(root)/state
            Presets=\(root)/presets
            [Intake]
            SettleTime=300ms
            [Workers]
            Program=\(worker)
            [Status]
            Socket=\(root)/status.sock
            """
        try AtomicFile.replace(configuration, with: text.utf8, durable: false)
    }

    /// Starts the daemon.
    func start() throws -> ChildProcess {
        let program = try BuiltProgram("momentsd").path
        return try ChildProcess([program, "--config", configuration], environment: ["PATH=/usr/bin:/bin"])
    }

    /// Ends it by a signal; nil where it does not end by that.
    func end(_ process: borrowing ChildProcess, by signal: Int32) async -> ExitReason? {
        kill(process.pid, signal)
        for _ in 0..<500 {
            if let reason = process.reap() { return reason }
            try? await Task.sleep(for: .milliseconds(20))
        }
        process.signalGroup(SIGKILL)
        return nil
    }

    /// How many jobs are completed.
    func completed() -> Int {
        ((try? Folder.names(in: inbox)) ?? []).filter { $0.hasSuffix(Manifest.suffix) }
            .count { name in
                let path = inbox.appending(name)
                guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return false }
                return (try? MomentsJSON.decode(Manifest.self, from: Data(bytes)))?.status == .completed
            }
    }

    /// Waits for something.
    func wait(until condition: () -> Bool) async {
        for _ in 0..<1000 where !condition() {
            // Nothing sleeps any more once the time limit has cancelled the test.
            do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
        }
        #expect(condition())
    }

    /// The results' names.
    func results() -> [FilePath] {
        ((try? Folder.names(in: outbox)) ?? []).filter { !$0.hasPrefix(".") && $0 != "index.html" }
    }
}
