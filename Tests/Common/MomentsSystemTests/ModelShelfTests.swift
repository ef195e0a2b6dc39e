import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the models of a machine", .scratchFolder)
struct ModelShelfTests {
    private var folder: FilePath { ScratchFolder.path.appending("models") }

    private func write(_ name: String, _ text: String) throws {
        try Folder.make(folder)
        try AtomicFile.replace(folder.appending(name), with: text.utf8, durable: false)
    }

    @Test("models are found by their cards, in the order of folders and names, the first of a kind is used")
    func order() throws {
        _ = try TestModel().install(in: folder)
        _ = try TestModel().install(in: ScratchFolder.path.appending("others"))
        try write("another.model.json", "{")
        let folders = [ScratchFolder.path.appending("none"), folder, ScratchFolder.path.appending("others")]
        let models = ModelShelf.models(in: folders)
        #expect(models.map(\.name) == ["another", "squares", "squares"])
        #expect(models.map { $0.trouble == nil } == [false, true, true])
        #expect(ModelShelf.first(.faces, of: models)?.path == folder.appending("squares.model.json"))
        #expect(ModelShelf.first(.people, of: models)?.name == nil)
        #expect(try ModelShelf.content(of: models[1]).weights == TestModel().weights)
        #expect(throws: ModelTrouble.self) { _ = try ModelShelf.content(of: models[0]) }
    }

    @Test(
        "a card that cannot be used says why",
        arguments: [
            (#""schema": "x""#, "its schema is 'x'"), (#""file": "../a.onnx""#, "not the name of a file in its folder"),
            (#""file": "a.zip""#, "ends in none of .onnx, .pb and .weights"),
            (#""file": "a.weights""#, "'graph' is missing"), (#""sha256": "12""#, "64 hexadecimal digits"),
            (#""input": {"width": 5, "height": 320}"#, "16 to 2048"),
            (#""input": {"width": 320, "height": 320, "mean": [1]}"#, "three numbers"),
            (#""threshold": 2"#, "0.01 to 0.99"), (#""kind": "objects""#, "'classes' must name"),
            (#""kind": "ghosts""#, "not JSON with the keys of a model"),
            (#""file": "gone.onnx""#, "'gone.onnx' is not there"),
        ]
    )
    func faults(change: String, words: String) throws {
        let digest = String(repeating: "0", count: 64)
        var members = [
            "schema": #""schema": "momentsd.model/1""#, "kind": #""kind": "faces""#,
            "family": #""family": "centerface""#, "file": #""file": "a.onnx""#, "sha256": "\"sha256\": \"\(digest)\"",
            "input": #""input": {"width": 320, "height": 320}"#,
        ]
        try write("a.onnx", "weights")
        try write("a.model.json", "{\(members.values.joined(separator: ", "))}")
        #expect(ModelShelf.models(in: [folder]).map(\.trouble) == [nil])
        let key = String(change.dropFirst().prefix { $0 != "\"" })
        members[key] = change
        try write("a.model.json", "{\(members.values.joined(separator: ", "))}")
        let trouble = try #require(ModelShelf.models(in: [folder]).first?.trouble)
        #expect(trouble.contains(words), "\(trouble)")
    }
}
