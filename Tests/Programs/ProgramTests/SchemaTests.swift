import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("documents and their schemas", .scratchFolder, .timeLimit(.minutes(5)))
struct SchemaTests {
    private static let names = ["manifest", "highlight", "scenes", "metadata"]

    private func bytes(_ path: FilePath) throws -> [UInt8] {
        Array(try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path))
    }

    @Test("what the real worker writes is as the schemas say, by our own check and by the public one where it is there")
    func documents() async throws {
        let video = try TestMedia.clip("a <b> \"c\".mp4", seconds: 3)
        let output = ScratchFolder.path.appending("out")
        let run = try await BuiltProgram("moments").run(["run", "-o", output, video])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let result = output.appending("a <b> \"c\"")
        for name in Self.names {
            let document = result.appending("\(name).json")
            #expect(try SchemaCheck(name).faults(in: try bytes(document)) == [], "\(name)")
            let schema = FilePath(#filePath).parent.parent.parent.parent.appending(
                "examples/schemas/\(name).schema.json"
            )
            guard try Tool.outcome("python3", ["-c", "import jsonschema"]).status == 0 else { continue }
            let check =
                "import json,sys,jsonschema as j;s=json.load(open(sys.argv[1]));j.Draft7Validator.check_schema(s);"
                + "j.Draft7Validator(s).validate(json.load(open(sys.argv[2])))"
            let validation = try Tool.outcome("python3", ["-c", check, schema.text, document.text])
            #expect(validation.status == 0, "\(validation.errors)")
        }
    }

    @Test("a document that lacks something, or has it otherwise, does not pass")
    func faults() throws {
        let check = try SchemaCheck("scenes")
        #expect(try check.faults(in: Array("{}".utf8)).count == 4)
        let wrong = #"{"schema":"x","source":"a","duration":-1,"scenes":[{"importance":11}]}"#
        let faults = try check.faults(in: Array(wrong.utf8))
        for expected in [
            "$.schema is not", "$.duration is too small", "$.scenes[0].importance is too large", "start is missing",
        ] {
            #expect(faults.contains { $0.contains(expected) }, "\(expected)")
        }
    }
}
