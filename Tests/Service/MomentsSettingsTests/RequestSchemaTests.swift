import MomentsCore
import MomentsSettings
import MomentsTestSupport
import Testing

@Suite("requests and their schema")
struct RequestSchemaTests {
    @Test(
        "what the schema takes the daemon takes",
        arguments: [
            "{}", #"{"target_duration": 45, "quality": "medium", "title": "Day one"}"#,
            #"{"target_duration": "2min", "pin": [{"in": 12.5, "out": 20}], "ban": [[1, 2]], "segments": null}"#,
            #"{"segments": [{"in": "0:01", "out": "0:02.5"}]}"#, #"{"judge": false}"#, #"{"marks": "hint"}"#,
            #"{"learn": "off"}"#,
            #"{"want": "goals and cheering", "avoid": ["crowd", "night"]}"#, #"{"want": [], "avoid": null}"#,
            #"{"product_name": "Aurora", "style": "modern", "cta_text": "Buy", "product_image": "a.png"}"#,
            #"{"captions": "burn", "product_name": null, "style": null}"#,
            #"{"aspect": "1:1"}"#, #"{"aspect": ["source", "9:16", "1:1"]}"#, #"{"aspect": null}"#,
        ]
    )
    func taken(request: String) throws {
        #expect(try SchemaCheck("request").faults(in: request.utf8) == [])
        _ = try Settings().resolve(request: Array(request.utf8), folderPreset: nil)
    }

    @Test(
        "what the schema refuses the daemon refuses",
        arguments: [
            "[]", #"{"target_duration": 0.5}"#, #"{"quality": "best"}"#, #"{"length": 45}"#, #"{"pin": 12}"#,
            #"{"pin": [12.5]}"#, #"{"ban": [{"in": 1}]}"#, #"{"ban": [{"in": -1, "out": 2}]}"#, #"{"title": 7}"#,
            #"{"pin": [[1, 2, 3]]}"#, #"{"judge": 1}"#, #"{"marks": "on"}"#, #"{"want": 5}"#, #"{"avoid": ["a", 7]}"#,
            #"{"want": {"a": 1}}"#, #"{"product_name": 5}"#, #"{"style": "a/b"}"#, #"{"style": ".modern"}"#,
            #"{"style": ""}"#, #"{"style": 7}"#, #"{"captions": true}"#,
            #"{"learn": true}"#, #"{"aspect": "3:7"}"#, #"{"aspect": []}"#, #"{"aspect": ["9:16", 7]}"#,
            #"{"aspect": {"first": "9:16"}}"#,
        ]
    )
    func refused(request: String) throws {
        #expect(try !SchemaCheck("request").faults(in: request.utf8).isEmpty)
        #expect(throws: JobError.self) { _ = try Settings().resolve(request: Array(request.utf8), folderPreset: nil) }
    }
}
