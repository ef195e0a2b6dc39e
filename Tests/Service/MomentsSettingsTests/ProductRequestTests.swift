import MomentsCore
import MomentsSettings
import Testing

@Suite("product clips in requests")
struct ProductRequestTests {
    private func resolve(_ json: String) throws -> JobOptions {
        try Settings().resolve(request: Array(json.utf8), folderPreset: nil).options
    }

    private func refusal(_ json: String) -> JobError? {
        do {
            _ = try resolve(json)
            return nil
        } catch { return error as? JobError }
    }

    @Test("a product's keys become a clip, in its style's transition")
    func taken() throws {
        let options = try resolve(
            #"{"product_name": "Aurora 👟", "style": "minimalist", "cta_text": "اطلب الآن", "product_image": "shoe.png"}"#
        )
        let product = ProductOptions(
            name: "Aurora 👟",
            style: .minimalist,
            callToAction: "اطلب الآن",
            image: "shoe.png"
        )
        #expect(options.product == product)
        #expect(options.transition == .fade)
        #expect(try resolve(#"{"product_name": "A"}"#).product == ProductOptions(name: "A", style: .modern))
        #expect(try resolve(#"{"style": "energetic"}"#).product == nil)
        #expect(try resolve(#"{"captions": "burn"}"#).captions == .burn)
        #expect(try resolve(#"{"product_name": "می‌خواهم 👨‍👩‍👧"}"#).product?.name == "می‌خواهم 👨‍👩‍👧")
    }

    @Test("the longest are taken, one more is not")
    func limits() throws {
        let (name, call) = (String(repeating: "é", count: 100), String(repeating: "界", count: 50))
        #expect(try resolve(#"{"product_name": "\#(name)", "cta_text": "\#(call)"}"#).product?.name == name)
        #expect(refusal(#"{"product_name": "\#(name)x"}"#)?.detail == "product_name")
        #expect(refusal(#"{"product_name": "A", "cta_text": "\#(call)x"}"#)?.detail == "cta_text")
    }

    @Test(
        "each limit has an error of its own that names key, value and what is allowed",
        arguments: [
            (#"{"product_name": ""}"#, "product_name", "1 to 100 characters"),
            (#"{"product_name": "  \u200d "}"#, "product_name", "1 to 100 characters"),
            (#"{"product_name": 5}"#, "product_name", "1 to 100 characters"),
            (#"{"product_name": "a\u0000b"}"#, "product_name", "control characters"),
            (#"{"product_name": "a\u202eb"}"#, "product_name", "control characters"),
            (#"{"product_name": "A", "cta_text": ""}"#, "cta_text", "1 to 50 characters"),
            (#"{"product_name": "A", "cta_text": "a\nb"}"#, "cta_text", "one line"),
            (
                #"{"product_name": "A", "style": "baroque"}"#, "style",
                "no style; there are: energetic, minimalist, modern"
            ),
            (#"{"product_name": "A", "product_image": "../x.png"}"#, "product_image", "without a path"),
            (#"{"product_name": "A", "product_image": "/etc/passwd"}"#, "product_image", "without a path"),
            (#"{"product_name": "A", "product_image": ".."}"#, "product_image", "without a path"),
            (#"{"product_name": "A", "product_image": ".hidden.png"}"#, "product_image", "without a path"),
            (#"{"product_name": "A", "product_image": ""}"#, "product_image", "without a path"),
            (#"{"cta_text": "Buy"}"#, "product_name", "no \"product_name\""),
            (#"{"product_image": "x.png"}"#, "product_name", "no \"product_name\""),
        ]
    )
    func refused(json: String, key: String, words: String) throws {
        let error = try #require(refusal(json))
        #expect(error.kind == .invalidRequest)
        #expect(error.detail == key)
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test("a wrong way with captions is told what there is")
    func captions() throws {
        let error = try #require(refusal(#"{"captions": "yes"}"#))
        #expect(error.message.contains("\"off\", \"burn\""))
    }
}
