import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

/// What every way of watching has to do, by the kernel's reports or by looking: who follows its events misses nothing.
@Suite("any watch", .scratchFolder, .timeLimit(.minutes(5)))
struct WatchContractTests {
    private let inbox = RootedDirectory(ScratchFolder.path.appending("inbox"))

    private func open(_ mode: WatchMode) throws -> TreeWatch {
        try Folder.make(inbox.root.appending("sub"))
        let watch = TreeWatch(inbox: inbox, mode: mode)
        for folder in ["", "sub"] as [FilePath] { watch.cover(folder) }
        _ = events(watch, mode)
        return watch
    }

    private func events(_ watch: TreeWatch, _ mode: WatchMode) -> [WatchEvent] {
        mode == .poll ? watch.poll(at: Timestamp.now.milliseconds * 1_000_000) : watch.drain()
    }

    /// Whether somebody who looks where the events say, and lists what is a folder there, comes by a path.
    private func lead(_ events: [WatchEvent], to path: FilePath) -> Bool {
        events.contains { event in
            switch event {
            case .everything: true
            case .look(let place): place == path || place == path.parent || path.relative(to: place) != nil
            }
        }
    }

    private func write(_ path: FilePath, _ content: String) throws {
        let whole = inbox.root.appending(path)
        let file = try Descriptor.open(whole, O_WRONLY | O_CREAT | O_TRUNC)
        try file.write(Array(content.utf8), to: whole)
    }

    @Test(
        "a new file, a renamed one, a removed one and a new folder are hinted at",
        arguments: [WatchMode.inotify, .poll]
    )
    func changes(mode: WatchMode) throws {
        let watch = try open(mode)
        try write("a.mp4", "video")
        #expect(lead(events(watch, mode), to: "a.mp4"))
        try write("sub/b.mp4", "video")
        #expect(lead(events(watch, mode), to: "sub/b.mp4"))
        try Folder.move(inbox.root.appending("a.mp4"), to: inbox.root.appending("sub/c.mp4"))
        let renamed = events(watch, mode)
        #expect(lead(renamed, to: "a.mp4"))
        #expect(lead(renamed, to: "sub/c.mp4"))
        try Folder.removeFile(inbox.root.appending("sub/b.mp4"))
        #expect(lead(events(watch, mode), to: "sub/b.mp4"))
        try Folder.make(inbox.root.appending("new"))
        #expect(lead(events(watch, mode), to: "new"))
    }

    @Test(
        "a folder that is entered later is watched from then on, and one that is left is not",
        arguments: [
            WatchMode.inotify, .poll,
        ]
    )
    func folders(mode: WatchMode) throws {
        let watch = try open(mode)
        try Folder.make(inbox.root.appending("new"))
        _ = events(watch, mode)
        watch.cover("new")
        #expect(watch.covers("new"))
        try write("new/d.mp4", "video")
        #expect(lead(events(watch, mode), to: "new/d.mp4"))
        watch.retain([""], below: "")
        #expect(!watch.covers("new"))
        #expect(!watch.covers("sub"))
        try write("sub/e.mp4", "video")
        #expect(!events(watch, mode).contains(.look("sub/e.mp4")))
    }

    @Test("where nothing happens there is no event", arguments: [WatchMode.inotify, .poll])
    func quiet(mode: WatchMode) throws {
        let watch = try open(mode)
        // Later than the grain of any file system's clock.
        let later = Timestamp.now.milliseconds * 1_000_000 + 10_000_000_000
        _ = watch.poll(at: later)
        #expect(mode == .poll ? watch.poll(at: later).isEmpty : watch.drain().isEmpty)
        #expect(watch.survey(at: later).isEmpty == (mode == .poll))
    }

    @Test("its report says how the inbox is watched", arguments: [WatchMode.inotify, .poll])
    func report(mode: WatchMode) throws {
        let watch = try open(mode)
        #expect(watch.reports.map(\.mode) == [mode])
        #expect(watch.reports.first?.folder == "")
        #expect(watch.isPolling == (mode == .poll))
        #expect((watch.descriptor == nil) == (mode == .poll))
    }
}
