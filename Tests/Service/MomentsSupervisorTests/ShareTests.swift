import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("folders that go away, fill up or belong to somebody else", .scratchFolder, .timeLimit(.minutes(5)))
struct ShareTests {
    private let mark: FilePath = ".momentsd-inbox"

    /// A folder on another file system than the test's own, as a mount point shows it; nil where there is none.
    private func elsewhere() -> FilePath? {
        let path = FilePath("/dev/shm/moments-\(UInt32.random(in: .min ... .max))")
        guard (try? Folder.make(path)) != nil, let other = try? FileStatus.of(path).device,
            let own = try? FileStatus.of(ScratchFolder.path).device, own != other
        else { return nil }
        return path
    }

    private func show(_ folder: FilePath, at link: FilePath) {
        unlink(link.text)
        #expect(symlink(folder.text, link.text) == 0)
    }

    @Test("an inbox that shows another file system pauses, loses nothing, and goes on when it is back")
    func replaced() async throws {
        guard let other = elsewhere() else { return }
        defer { try? Folder.removeTree(other) }
        var house = try House()
        let (here, link) = (house.inbox, ScratchFolder.path.appending("mount"))
        show(here, at: link)
        house.configuration.inbox = link
        house.configuration.reconcileInterval = .seconds(0.5)
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        // Not empty, but not ours: another share in its place.
        try AtomicFile.replace(other.appending("foreign.mp4"), with: Array("foreign".utf8))
        show(other, at: link)
        await eventually { house.recorder.now.problems.contains { $0.contains("shows another file system") } }
        try await house.passElsewhere()
        await supervisor.compare()
        #expect(try Folder.names(in: other) == ["foreign.mp4"])
        #expect(house.recorder.now.removed.isEmpty)
        await eventually { house.recorder.now.health.isStuck }
        show(here, at: link)
        try house.drop("later.mp4", "another")
        await eventually { house.status("later.mp4") == .completed && house.recorder.now.health.troubles.isEmpty }
        #expect(house.started == ["beach.mp4", "later.mp4"])
        await supervisor.stop()
    }

    @Test("a daemon that starts while the share is not mounted waits for it, and makes nothing in its place")
    func notMountedAtStart() async throws {
        guard let other = elsewhere() else { return }
        defer { try? Folder.removeTree(other) }
        var house = try House()
        let (here, link) = (house.inbox, ScratchFolder.path.appending("mount"))
        show(here, at: link)
        house.configuration.inbox = link
        house.configuration.reconcileInterval = .seconds(0.5)
        let first = try await house.open()
        await first.stop()
        show(other, at: link)
        try house.drop("beach.mp4")
        let second = try await house.open()
        #expect(house.recorder.now.health.troubles.count == 1)
        try await house.passElsewhere()
        await second.compare()
        #expect(try Folder.names(in: other).isEmpty)
        show(here, at: link)
        await eventually { house.status("beach.mp4") == .completed }
        await second.stop()
    }

    @Test("an empty mark says that another disk is the inbox from now on")
    func accepted() async throws {
        guard let other = elsewhere() else { return }
        defer { try? Folder.removeTree(other) }
        var house = try House()
        let (here, link) = (house.inbox, ScratchFolder.path.appending("mount"))
        show(here, at: link)
        house.configuration.inbox = link
        house.configuration.reconcileInterval = .seconds(0.5)
        let supervisor = try await house.open()
        show(other, at: link)
        await eventually { !house.recorder.now.health.troubles.isEmpty }
        try AtomicFile.replace(other.appending(mark), with: [])
        try AtomicFile.replace(other.appending("beach.mp4"), with: Array("new".utf8))
        await eventually { house.results() == ["beach"] }
        await supervisor.stop()
    }

    @Test("a removed mark is made again, and a second daemon is refused all the same")
    func markRemoved() async throws {
        var house = try House()
        house.configuration.reconcileInterval = .seconds(0.5)
        let first = try await house.open()
        try Folder.removeFile(house.inbox.appending(mark))
        await #expect(throws: LockError.self) { _ = try await house.open() }
        await first.stop()
        let second = try await house.open()
        #expect(try Folder.names(in: house.inbox) == [mark])
        await second.stop()
    }

    @Test("a job for whose result there is no room is put back without counting, and done once there is")
    func noRoom() async throws {
        var house = try House()
        house.configuration.reconcileInterval = .seconds(0.5)
        let full = ScratchFolder.path.appending("full")
        try AtomicFile.replace(full, with: [])
        let script = #"""
            #!/bin/sh
            read -r spec
            echo start >> "\#(house.starts.text)"
            staging=$(printf '%s' "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
            if [ -e "\#(full.text)" ]; then
                rm "\#(full.text)"
                echo '{"event":"failed","stage":"render","error":{"error":"OutOfSpace","message":"No room.","detail":"","transient":true}}'
                exit 1
            fi
            printf hello > "$staging/highlight.mp4"
            echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"\#(House.helloDigest)"}],"input_duration":10,"output_duration":5,"segments_selected":2}}'
            """#
        try AtomicFile.replace(house.script, with: Array(script.utf8), mode: 0o755)
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.recorder.now.problems.contains { $0.contains("make room") } }
        #expect(!house.recorder.now.health.isStuck)
        #expect(house.results().isEmpty)
        // Nothing was freed, so it stays put: a reload with more patience would not help either.
        await eventually { house.status("beach.mp4") != .processing }
        #expect(house.manifest("beach.mp4")?.attempts == 0)
        #expect(house.status("beach.mp4") == .pending)
        await supervisor.stop()
        let next = try await house.open()
        await eventually { house.status("beach.mp4") == .completed }
        #expect(house.manifest("beach.mp4")?.attempts == 1)
        await next.stop()
    }
}
