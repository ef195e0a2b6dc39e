import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("events are hints", .scratchFolder, .timeLimit(.minutes(5)))
struct TruthTests {
    /// Numbers that look random and are the same in every run.
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(
        "whatever is lost, doubled or told in another order: after one comparison every video has one manifest and one end",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64]
    )
    func randomEvents(seed: UInt64) async throws {
        var dice = Dice(state: seed)
        var house = try House()
        // Nothing is reported by the kernel, and nothing is looked at by itself: only what this test says.
        house.configuration.watch = .poll
        house.configuration.pollInterval = .seconds(3600)
        house.configuration.reconcileInterval = .seconds(3600)
        house.configuration.settleTime = .seconds(0.1)
        house.configuration.workers = 2
        let supervisor = try await house.open()
        var present: [FilePath: String] = [:]
        try Folder.make(house.inbox.appending("sub"))
        for step in 0..<40 {
            var events: [WatchEvent] = []
            let name = FilePath(
                ["", "sub/"].randomElement(using: &dice)! + "v\(Int.random(in: 0..<8, using: &dice)).mp4"
            )
            switch Int.random(in: 0..<4, using: &dice) {
            case 0, 1:
                present[name] = "content \(seed) \(step)"
                try house.drop(name, "content \(seed) \(step)")
                events = [.look(name)]
            case 2:
                guard present.removeValue(forKey: name) != nil else { continue }
                try Folder.removeFile(house.inbox.appending(name))
                events = [.look(name)]
            default:
                let other = FilePath("r\(Int.random(in: 0..<8, using: &dice)).mp4")
                guard let content = present.removeValue(forKey: name) else { continue }
                present[other] = content
                try Folder.move(house.inbox.appending(name), to: house.inbox.appending(other))
                events = [.look(name), .look(other)]
            }
            events += events.filter { _ in Bool.random(using: &dice) }
            events = events.filter { _ in Bool.random(using: &dice) }.shuffled(using: &dice)
            await supervisor.hear(events)
            guard Int.random(in: 0..<4, using: &dice) == 0 else { continue }
            present["rest.mp4"] = "content \(seed) \(step)"
            try await rest(house, supervisor, "content \(seed) \(step)")
        }
        await supervisor.compare()
        await eventually("all completed") { present.keys.allSatisfy { house.status($0) == .completed } }
        await eventually("nothing left of what is gone") {
            let manifests = house.manifests()
            return Set(manifests.keys) == Set(present.keys) && manifests.allSatisfy { $0.value.source.path == $0.key }
        }
        let jobs = house.manifests().values.map(\.jobID)
        #expect(Set(jobs).count == jobs.count)
        for (name, content) in present {
            #expect(house.manifest(name)?.source.size == Int64(content.utf8.count))
            let folder = try #require(house.manifest(name)?.result?.folder)
            #expect(Outbox(root: house.outbox).manifest(in: folder)?.jobID == house.manifest(name)?.jobID)
        }
        await supervisor.stop()
    }

    /// Returns once a video that comes only now has settled: as long as those that came before it may take for that.
    private func rest(_ house: House, _ supervisor: Supervisor, _ content: String) async throws {
        let before = house.manifest("rest.mp4")?.jobID
        try house.drop("rest.mp4", content)
        await supervisor.hear([.look("rest.mp4")])
        await eventually("settled") {
            let manifest = house.manifest("rest.mp4")
            return manifest?.jobID != before && manifest?.status != .uploading
        }
    }

    @Test("a file nobody reported is found by the times of the folders")
    func survey() async throws {
        var house = try House()
        house.configuration.watch = .inotify
        house.configuration.reconcileInterval = .seconds(1)
        try Folder.make(house.inbox.appending("sub"))
        let supervisor = try await house.open()
        // A folder moved away and back is watched no more under its old name until it is listed again.
        try house.drop("sub/late.mp4")
        await eventually { house.status("sub/late.mp4") == .completed }
        await supervisor.stop()
    }
}

extension House {
    /// Every manifest of the inbox and its folder "sub", by the video it stands beside.
    func manifests() -> [FilePath: Manifest] {
        var found: [FilePath: Manifest] = [:]
        for folder in ["", "sub"] as [FilePath] {
            for name in (try? Folder.names(in: inbox.appending(folder))) ?? [] where name.hasSuffix(Manifest.suffix) {
                guard let video = ManifestName.video(of: folder.appending(name)) else { continue }
                found[video] = manifest(video)
            }
        }
        return found
    }
}
