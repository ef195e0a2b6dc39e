internal import MomentsCore

/// What a request says of a product, checked key by key.
struct ProductRequest: Hashable, Sendable {
    var name: String?
    var style: StyleName?
    var callToAction: String?
    var image: FilePath?

    /// Takes one of its keys.
    ///
    /// - Parameter member: The key and its value; null for nothing.
    /// - Returns: Whether it is one of its keys.
    /// - Throws: `JobError` of kind `invalidRequest`, with the key as its detail.
    mutating func take(_ member: JSONValue.Member) throws(JobError) -> Bool {
        let isNull = member.value == .null
        switch member.key {
        case "product_name":
            name = isNull ? nil : try Self.line(member, ProductOptions.longestName, "the product's name")
        case "cta_text":
            callToAction = isNull ? nil : try Self.line(member, ProductOptions.longestCall, "what people are to do")
        case "style": style = isNull ? nil : try Self.style(member)
        case "product_image": image = isNull ? nil : try Self.image(member)
        default: return false
        }
        return true
    }

    /// The product, over the style that a preset sets.
    ///
    /// - Parameter style: Of the preset.
    /// - Returns: nil where the request says nothing of a product.
    /// - Throws: `JobError` where there is something to show, but no name.
    func options(over style: StyleName) throws(JobError) -> ProductOptions? {
        guard let name else {
            guard callToAction != nil || image != nil else { return nil }
            throw Self.invalid(
                "the request has a \"\(callToAction != nil ? "cta_text" : "product_image")\" but no \"product_name\", "
                    + "of 1 to \(ProductOptions.longestName) characters",
                "product_name"
            )
        }
        return ProductOptions(name: name, style: self.style ?? style, callToAction: callToAction, image: image)
    }

    private static func style(_ member: JSONValue.Member) throws(JobError) -> StyleName {
        guard case .string(let text) = member.value, let style = StyleName(rawValue: text) else {
            throw refused(member, StyleName.allowed)
        }
        return style
    }

    /// One line of visible text.
    private static func line(
        _ member: JSONValue.Member,
        _ longest: Int,
        _ what: String
    ) throws(JobError) -> String {
        let allowed = "\(what): one line of 1 to \(longest) characters without control characters"
        guard case .string(let text) = member.value, text.count <= longest, text.utf8.count <= 8 * longest else {
            throw refused(member, allowed)
        }
        guard VisibleText.isLine(text), !VisibleText.isBlank(text) else { throw refused(member, allowed) }
        return text
    }

    /// The name of a file: no path, nothing hidden.
    private static func image(_ member: JSONValue.Member) throws(JobError) -> FilePath {
        guard case .string(let text) = member.value, (1...255).contains(text.utf8.count), !text.hasPrefix("."),
            !text.contains("/"), Escaping.line(text).utf8.elementsEqual(text.utf8)
        else {
            throw refused(
                member,
                "the name of a JPEG, PNG, WebP or HEIC picture of at most 10 MiB beside the video, without a path"
            )
        }
        return FilePath(text)
    }

    private static func refused(_ member: JSONValue.Member, _ allowed: String) -> JobError {
        invalid(
            "the request's \"\(member.key)\" cannot be \(Escaping.excerpt(member.value.text)); allowed is \(allowed)",
            member.key
        )
    }

    private static func invalid(_ reason: String, _ key: String) -> JobError {
        JobError(.invalidRequest, reason + "; correct the request file and save it again", detail: key)
    }
}
