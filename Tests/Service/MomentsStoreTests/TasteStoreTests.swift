import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("what is kept of edits", .scratchFolder)
struct TasteStoreTests {
    private let folder = ScratchFolder.path.appending("taste")
    private var store: TasteStore { TasteStore(folder: folder) }

    private func judgment(_ number: Int, _ kind: TasteLesson.Kind = .edit, motion: Double = 0.9) -> Judgment {
        Judgment(
            at: Timestamp(milliseconds: Int64(number)),
            job: "job \(number)",
            video: "video \(number)",
            name: "alice/a.mp4",
            kind: kind,
            pair: TastePair(
                TasteStretch(start: 1, end: 4, signals: ["motion": motion, "loudness": 0.2]),
                over: TasteStretch(start: 8, end: 12, signals: ["motion": 0.1, "loudness": 0.8]),
                weight: 1
            )
        )
    }

    private func files() -> [String] {
        ((try? Folder.names(in: folder)) ?? []).map(\.text).filter { !$0.hasPrefix(".") }.sorted()
    }

    @Test("each folder and preset has a taste of its own, under a name that only it has")
    func subjects() throws {
        let subjects: [TasteSubject] = [
            .folder(""), .folder("alice"), .folder(FilePath(bytes: [0xff, 0x25, 0x2e])), .folder("a/../b"),
            .preset("alice"), .preset(nil),
        ]
        for (number, subject) in subjects.enumerated() {
            #expect(try store.add([judgment(number)], to: subject) == nil)
        }
        #expect(files().count == subjects.count)
        #expect(files().contains("folder-alice.jsonl") && files().contains("folder-%ff%25%2e.jsonl"))
        #expect(Set(store.subjects()) == Set(subjects))
        for (number, subject) in subjects.enumerated() {
            #expect(store.content(of: subject).judgments == [judgment(number)])
        }
        let (long, other) = (
            TasteSubject.folder(FilePath(String(repeating: "é", count: 120))),
            TasteSubject.folder(FilePath(String(repeating: "é", count: 119) + "è"))
        )
        _ = try store.add([judgment(1)], to: long)
        #expect(store.content(of: other).judgments == [])
        #expect(store.content(of: long).judgments.count == 1)
        try store.replace(.folder("alice"), with: [])
        #expect(store.taste(of: .folder("alice")).taste == .none)
        #expect(TasteSubject(.off, folder: "alice", preset: nil) == nil)
        #expect(TasteSubject(.folder, folder: "alice/2024", preset: "x") == .folder("alice"))
        #expect(TasteSubject(.preset, folder: "alice/2024", preset: "x") == .preset("x"))
    }

    @Test("the taste follows what is added, and has a version that tells it from others")
    func versions() throws {
        let store = store
        #expect(store.taste(of: .folder("a")).taste == .none)
        _ = try store.add((0..<10).map { judgment($0) }, to: .folder("a"))
        let first = store.taste(of: .folder("a")).taste
        #expect(first.edits == 10 && first.weight(of: .motion) > 1 && first.version.count == 8)
        #expect(store.taste(of: .folder("a")).taste == first)
        _ = try store.add((10..<30).map { judgment($0) }, to: .folder("a"))
        let second = store.taste(of: .folder("a")).taste
        #expect(second.edits == 30 && second.version != first.version)
        #expect(TasteStore(folder: folder).taste(of: .folder("a")).taste == second)
    }

    @Test("no more than the newest two thousand are kept, and what was merely left as it was goes first")
    func bounded() throws {
        let store = store
        for start in stride(from: 0, to: 3000, by: 500) {
            let some = (start..<start + 500).map { judgment($0, $0 % 2 == 0 ? .edit : .kept) }
            _ = try store.add(some, to: .folder("a"))
            #expect(store.content(of: .folder("a")).judgments.count <= TasteStore.most)
        }
        let kept = store.content(of: .folder("a")).judgments
        #expect(kept.last == judgment(2999, .kept))
        #expect(kept.count { $0.kind == .edit } > 1000)
        #expect(kept.map(\.at) == kept.map(\.at).sorted())
        #expect(files() == ["folder-a.jsonl"])
    }

    @Test("damaged lines are set aside and told, the rest is used; what a power failure tore off is no damage")
    func damaged() throws {
        _ = try store.add([judgment(1), judgment(2)], to: .folder("a"))
        let file = folder.appending("folder-a.jsonl")
        func append(_ text: String) throws {
            let old = try Descriptor.openRegular(file).read(1 << 20, at: 0, of: file)
            try AtomicFile.replace(file, with: old + Array(text.utf8), durable: false)
        }
        try append("{\"schema\":\"momentsd.judg")
        #expect(store.content(of: .folder("a")).trouble == nil)
        _ = try store.add([judgment(3)], to: .folder("a"))
        let content = store.content(of: .folder("a"))
        #expect(content.judgments == [judgment(1), judgment(2), judgment(3)])
        #expect(content.trouble?.contains("1 of its 4 lines is damaged") == true, "\(content.trouble ?? "")")
        #expect(content.trouble?.contains("folder-a.jsonl.broken-1") == true)
        #expect(files() == ["folder-a.jsonl", "folder-a.jsonl.broken-1"])
        let again = store.content(of: .folder("a"))
        #expect(again.trouble == nil && again.judgments.count == 3)
        try append("\u{0}\u{0}\u{0}\n[1,2]\n")
        #expect(store.taste(of: .folder("a")).trouble?.contains("2 of its 5 lines are damaged") == true)
        #expect(store.taste(of: .folder("a")).taste.edits == 3)
        #expect(files().count == 3)
    }

    @Test("what is no file at all is set aside, and reels are chosen as ever")
    func noFile() throws {
        try Folder.make(folder)
        let file = folder.appending("folder-a.jsonl")
        #expect(symlink("/etc/passwd", file.text) == 0)
        let (taste, trouble) = store.taste(of: .folder("a"))
        #expect(taste == .none)
        #expect(trouble?.contains("as if nothing had been learnt") == true, "\(trouble ?? "")")
        _ = try store.add([judgment(1)], to: .folder("a"))
        #expect(store.content(of: .folder("a")).judgments == [judgment(1)])
    }
}
