import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Synchronization
import Testing

@Suite("the power failing", .scratchFolder, .timeLimit(.minutes(5)))
struct PowerTests {
    /// Copies the folders each time something is told: what a disk would hold if the power failed then.
    final class Photographer: JobObserver {
        private let count = Mutex(0)
        private let root: FilePath

        init(_ root: FilePath) { self.root = root }

        var pictures: [FilePath] { (0..<count.withLock { $0 }).map { root.appending("moment-\($0)") } }

        private func take() {
            count.withLock { count in
                let place = root.appending("moment-\(count)")
                guard (try? Folder.make(place)) != nil,
                    (try? Tool.run(
                        "cp",
                        ["-a"] + ["inbox", "outbox", "state"].map { root.appending($0).text } + [place.text]
                    ))
                        != nil
                else { return }
                count += 1
            }
        }

        func jobChanged(_ transition: JobTransition) { take() }
        func jobRemoved(_ jobID: String) { take() }
    }

    @Test(
        "from every moment of a run, also with torn manifests, each video is completed once",
        arguments: [false, true]
    )
    func everyMoment(isTorn: Bool) async throws {
        let house = try House()
        let photographer = Photographer(ScratchFolder.path)
        let first = Supervisor(house.configuration, observers: [photographer])
        try house.drop("a.mp4", "one")
        try house.drop("b.mp4", "two")
        try await first.start()
        await eventually { house.status("a.mp4") == .completed && house.status("b.mp4") == .completed }
        await first.stop()
        #expect(photographer.pictures.count > 10)
        // Each way of failing has every other moment: the suite is to stay short.
        for (number, place) in photographer.pictures.enumerated() where number % 2 == (isTorn ? 1 : 0) {
            var configuration = house.configuration
            configuration.settleTime = .seconds(0.1)
            configuration.inbox = place.appending("inbox")
            configuration.outbox = place.appending("outbox")
            configuration.state = place.appending("state")
            let store = ManifestStore(inbox: RootedDirectory(configuration.inbox))
            let status = { (video: FilePath) -> JobStatus? in
                if case .manifest(let manifest)? = try? store.read(video) { manifest.status } else { nil }
            }
            // What was not synced may be empty: everything before the work began.
            for video in ["a.mp4", "b.mp4"] as [FilePath] where isTorn {
                guard status(video) == .uploading || status(video) == .pending else { continue }
                try AtomicFile.replace(configuration.inbox.appending(ManifestName.manifest(of: video)), with: [])
            }
            let supervisor = Supervisor(configuration, observers: [Recorder()])
            try await supervisor.start()
            await eventually { status("a.mp4") == .completed && status("b.mp4") == .completed }
            await supervisor.stop()
            let results = try Folder.names(in: configuration.outbox).filter { $0 != ".momentsd" }
            #expect(results == ["a", "b"], "\(place)")
            for result in results {
                let names = try Folder.names(in: configuration.outbox.appending(result))
                #expect(names == ["highlight.mp4", "manifest.json"])
            }
            try Folder.removeTree(place)
        }
    }
}
