import MomentsCore
import MomentsGallery
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Synchronization
import Testing

@Suite("keeping the gallery", .scratchFolder, .timeLimit(.minutes(5)))
struct GalleryKeeperTests {
    private final class Complaints: Sendable {
        let all = Mutex<[String]>([])
    }

    private let complaints = Complaints()
    private let outbox = Outbox(root: ScratchFolder.path)

    init() throws { try GallerySample.makeOutbox() }

    private func keeper(isOn: Bool = true) -> GalleryKeeper {
        let complaints = complaints
        return GalleryKeeper(outbox: outbox, isOn: isOn) { text in complaints.all.withLock { $0.append(text) } }
    }

    @Test("it begins with what is in the outbox, and shows what is published, removed, under way and failed")
    func follows() async throws {
        for number in 0..<3 { try GallerySample.store(GallerySample.manifest(number)) }
        let keeper = keeper()
        keeper.take(JobTransition(from: nil, to: GallerySample.manifest(7, name: "lost.mp4", status: .failed)))
        keeper.take(JobTransition(from: nil, to: GallerySample.manifest(2)))
        keeper.open()
        await keeper.finish()
        #expect(GallerySample.page.contains("<p>3 results</p>") && GallerySample.page.contains("lost.mp4"))
        let new = GallerySample.manifest(9, name: "new.mp4")
        try GallerySample.store(new)
        keeper.take(JobTransition(from: .processing, to: new))
        keeper.forget(GallerySample.job(7))
        keeper.remove("a (1)")
        await keeper.finish()
        let page = GallerySample.page
        #expect(page.contains("<p>3 results</p>") && page.contains("new%20%289%29/report.html"))
        #expect(!page.contains("lost.mp4") && !page.contains("a%20%281%29"))
        #expect(complaints.all.withLock { $0 }.isEmpty)
    }

    @Test("a story has its own name, and its storyboard to be opened where there is nothing else")
    func story() async throws {
        var manifest = GallerySample.manifest(4, name: "trip.story.json")
        manifest.config.story = Story(prompt: "A letter")
        var result = JobResult(
            outputs: [.init(kind: "storyboard", path: "storyboard.json", bytes: 1, sha256: "")],
            inputDuration: 0,
            outputDuration: 0,
            segmentsSelected: 4
        )
        result.folder = "a trip"
        manifest.result = result
        try GallerySample.store(manifest)
        let keeper = keeper()
        keeper.open()
        await keeper.finish()
        #expect(GallerySample.page.contains("a%20trip/storyboard.json"))
        #expect(GallerySample.page.contains("<span>00:00:00</span>"))
        #expect(GallerySample.page.contains(">trip<") && !GallerySample.page.contains(">trip.story<"))
    }

    @Test("a duplicate that is linked to another job's result does not take its place")
    func duplicate() async throws {
        let first = GallerySample.manifest(0, name: "first.mp4")
        try GallerySample.store(first)
        let keeper = keeper()
        keeper.open()
        var copy = GallerySample.manifest(1, name: "copy.mp4")
        copy.result?.folder = first.result?.folder
        keeper.take(JobTransition(from: .pending, to: copy))
        await keeper.finish()
        #expect(GallerySample.page.contains("<p>1 result</p>") && !GallerySample.page.contains("copy.mp4"))
    }

    @Test("an outbox that is away at the start is filled in once it is back")
    func away() async throws {
        try GallerySample.store(GallerySample.manifest(0))
        try Folder.move(ScratchFolder.path.appending(".momentsd"), to: ScratchFolder.path.appending(".away"))
        let keeper = keeper()
        keeper.open()
        await keeper.finish()
        #expect(GallerySample.page.isEmpty && complaints.all.withLock { $0 }.count == 1)
        try Folder.move(ScratchFolder.path.appending(".away"), to: ScratchFolder.path.appending(".momentsd"))
        keeper.take(JobTransition(from: nil, to: GallerySample.manifest(0)))
        await keeper.finish()
        #expect(GallerySample.page.contains("<p>1 result</p>"))
    }

    @Test("switched off it is removed, switched on again it is whole, and a stranger's page is told of once")
    func switched() async throws {
        try GallerySample.store(GallerySample.manifest(0))
        let keeper = keeper()
        keeper.open()
        keeper.use(false)
        await keeper.finish()
        #expect(try Folder.names(in: outbox.root) == [".momentsd", "a"])
        keeper.use(true)
        await keeper.finish()
        #expect(GallerySample.page.contains("<p>1 result</p>"))
        try AtomicFile.replace(outbox.root.appending("index.html"), with: "mine".utf8, durable: false)
        for number in 1...3 {
            keeper.take(JobTransition(from: .pending, to: GallerySample.manifest(number, status: .failed)))
            await keeper.finish()
        }
        #expect(GallerySample.page == "mine")
        #expect(complaints.all.withLock { $0 }.count == 1)
    }
}
