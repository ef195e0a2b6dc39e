import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("watching a tree", .scratchFolder)
struct TreeWatchTests {
    private let root: FilePath
    private let inbox: RootedDirectory

    init() throws {
        root = ScratchFolder.path.appending("inbox")
        try Folder.make(root)
        inbox = RootedDirectory(root)
    }

    private func list(_ watch: TreeWatch, from top: FilePath = "") -> TreeListing {
        TreeListing.of(top, in: inbox, rules: IgnoreRules()) { watch.cover($0) }
    }

    @Test("arrivals, renames and removals each give an event at their path")
    func events() throws {
        let watch = TreeWatch(inbox: inbox, mode: .auto)
        try Folder.make(root.appending("deep/er"))
        #expect(Set(list(watch).folders) == ["", "deep", "deep/er"])
        try AtomicFile.replace(root.appending("deep/er/a.mp4"), with: [1], durable: false)
        #expect(watch.drain().contains(.look("deep/er/a.mp4")))
        try Folder.move(root.appending("deep/er/a.mp4"), to: root.appending("b.mp4"))
        #expect(Set(watch.drain()) == [.look("deep/er/a.mp4"), .look("b.mp4")])
        try Folder.removeFile(root.appending("b.mp4"))
        #expect(watch.drain() == [.look("b.mp4")])
        #expect(watch.drain().isEmpty)
        #expect(watch.reports == [WatchReport(folder: "", mode: .inotify, reason: "")])
    }

    @Test("a file put into a new folder before anybody watches it is found by listing the folder")
    func newFolder() throws {
        let watch = TreeWatch(inbox: inbox, mode: .auto)
        _ = list(watch)
        try Folder.make(root.appending("new/inner"))
        try AtomicFile.replace(root.appending("new/inner/early.mp4"), with: [1], durable: false)
        #expect(watch.drain() == [.look("new")])
        #expect(Array(list(watch, from: "new").videos.keys) == ["new/inner/early.mp4"])
        try AtomicFile.replace(root.appending("new/inner/late.mp4"), with: [1], durable: false)
        #expect(watch.drain().contains(.look("new/inner/late.mp4")))
    }

    @Test("a renamed folder is followed under its new name, and a removed one forgotten")
    func renamedFolder() throws {
        let watch = TreeWatch(inbox: inbox, mode: .auto)
        try Folder.make(root.appending("old/inner"))
        _ = list(watch)
        try Folder.move(root.appending("old"), to: root.appending("new"))
        #expect(watch.drain().contains(.look("new")))
        let listing = list(watch)
        watch.retain(Set(listing.folders), below: "")
        try AtomicFile.replace(root.appending("new/inner/a.mp4"), with: [1], durable: false)
        #expect(watch.drain().contains(.look("new/inner/a.mp4")))
    }

    @Test("when the kernel loses events, everything is looked through")
    func overflow() throws {
        let watch = TreeWatch(inbox: inbox, mode: .auto)
        _ = list(watch)
        let file = try Descriptor.open("/proc/sys/fs/inotify/max_queued_events", O_RDONLY)
        let limit =
            Int(
                String(decoding: try file.read(20, at: 0, of: "max_queued_events"), as: UTF8.self).prefix {
                    $0.isNumber
                }
            ) ?? 0
        let path = root.appending("flood.mp4")
        let other = root.appending("other.mp4")
        // Two names in turn, so that the kernel cannot merge the events.
        for _ in 0...(limit / 4 + 10) {
            for name in [path, other] {
                _ = close(open(name.text, O_WRONLY | O_CREAT, 0o644))
                unlink(name.text)
            }
        }
        var events: [WatchEvent] = []
        while case let more = watch.drain(), !more.isEmpty { events += more }
        #expect(events.contains { if case .everything = $0 { true } else { false } })
    }

    @Test("polling finds folders that changed, and believes a time only once it is past")
    func polling() throws {
        let watch = TreeWatch(inbox: inbox, mode: .poll)
        _ = list(watch)
        #expect(watch.descriptor == nil)
        #expect(watch.isPolling)
        let later = try FileStatus.of(root).modified + 60_000_000_000
        #expect(watch.poll(at: later) == [.look("")])
        #expect(watch.poll(at: later).isEmpty)
        try AtomicFile.replace(root.appending("a.mp4"), with: [1], durable: false)
        #expect(watch.poll(at: later + 1) == [.look("")])
        #expect(watch.poll(at: 0) == [])
        #expect(watch.reports == [WatchReport(folder: "", mode: .poll, reason: "as configured")])
    }

    @Test("a listing never follows links, and tells videos, manifests and requests apart")
    func listing() throws {
        try AtomicFile.replace(root.appending("a.mp4"), with: [1], durable: false)
        try AtomicFile.replace(root.appending("a.mp4.moments.json"), with: [1], durable: false)
        try AtomicFile.replace(root.appending("a.mp4.request.json"), with: [1], durable: false)
        try AtomicFile.replace(root.appending("a.mp4.part"), with: [1], durable: false)
        try Folder.make(root.appending("@eaDir/x"))
        #expect(symlink("/etc", root.appending("etc").text) == 0)
        #expect(mkfifo(root.appending("pipe").text, 0o644) == 0)
        let listing = TreeListing.of("", in: inbox, rules: IgnoreRules()) { _ in }
        // The link out of the inbox is listed so that it can be refused by name; what is behind it is not looked at.
        #expect(listing.videos.keys.sorted() == ["a.mp4", "etc"])
        #expect(listing.videos["etc"]?.kind == .link)
        #expect(Array(listing.manifests.keys) == ["a.mp4.moments.json"])
        #expect(Array(listing.requests.keys) == ["a.mp4.request.json"])
        #expect(listing.folders == [""])
        #expect(listing.unread.isEmpty)
    }

    @Test("nothing below the inbox can be opened through a link on the way")
    func beneath() throws {
        try Folder.make(ScratchFolder.path.appending("outside"))
        try AtomicFile.replace(ScratchFolder.path.appending("outside/a.mp4"), with: [1], durable: false)
        #expect(symlink("../outside", root.appending("link").text) == 0)
        #expect(throws: SystemError.self) { _ = try inbox.openRegular("link/a.mp4") }
        #expect(throws: SystemError.self) { _ = try inbox.openRegular("../outside/a.mp4") }
        try AtomicFile.replace(root.appending("b.mp4"), with: [1], durable: false)
        #expect(try inbox.openRegular("b.mp4").status("b.mp4").size == 1)
    }

    @Test("a writer is noticed by the lease it denies")
    func writer() throws {
        let path = root.appending("a.mp4")
        let writer = try Descriptor.open(path, O_WRONLY | O_CREAT)
        #expect(WriterCheck.ask(try inbox.openRegular("a.mp4")) == .somebody)
        try writer.close(path)
        #expect(WriterCheck.ask(try inbox.openRegular("a.mp4")) == .nobody)
    }
}
