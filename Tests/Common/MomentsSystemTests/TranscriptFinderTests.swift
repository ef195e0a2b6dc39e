import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("finding subtitles beside a video", .scratchFolder)
struct TranscriptFinderTests {
    private func find(_ names: [FilePath], video: FilePath = "day/beach.mp4") throws -> FilePath? {
        let folder = ScratchFolder.path.appending("day")
        try Folder.make(folder)
        for name in names { try AtomicFile.replace(folder.appending(name), with: Array("x".utf8), durable: false) }
        return TranscriptFinder.find(video, in: RootedDirectory(ScratchFolder.path))
    }

    @Test("those of the same name come first, then those of a language, last those for what is foreign")
    func order() throws {
        let names: [FilePath] = [
            "beach.mp4", "beach.forced.srt", "beach.en.srt", "beach.de.srt", "beach.srt", "beach.VTT", "beach.txt",
        ]
        #expect(try find(names) == "day/beach.VTT")
        #expect(try find(["beach.forced.srt", "beach.pt-BR.srt"]) == "day/beach.VTT")
        try Folder.removeFile(ScratchFolder.path.appending("day/beach.VTT"))
        try Folder.removeFile(ScratchFolder.path.appending("day/beach.srt"))
        #expect(try find([]) == "day/beach.de.srt")
        #expect(TranscriptFinder.language("beach.pt-BR.srt", of: "beach.mp4") == "pt-BR")
        #expect(TranscriptFinder.language("beach.srt", of: "beach.mp4") == nil)
    }

    @Test("others' are not taken")
    func others() throws {
        #expect(
            try find(["beach2.srt", "beach party.srt", "beach.my own notes.srt", "each.srt", "beach.srt.txt"]) == nil
        )
    }

    @Test("links, folders and pipes are passed over")
    func links() throws {
        let folder = ScratchFolder.path.appending("day")
        try Folder.make(folder)
        try Folder.make(folder.appending("beach.vtt"))
        try Tool.run("ln", ["-s", "/etc/passwd", folder.appending("beach.srt").text])
        try Tool.run("mkfifo", [folder.appending("beach.en.srt").text])
        #expect(try find([]) == nil)
        #expect(try find(["beach.tr.srt"]) == "day/beach.tr.srt")
    }
}
