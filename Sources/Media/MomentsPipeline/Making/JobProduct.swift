internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem

/// What a job shows of a product, with its picture read.
struct JobProduct {
    /// What is shown.
    let titles: ProductTitles
    /// The picture file's digest; nil without one.
    let digest: String?

    /// Reads the picture; nil where the job shows no product.
    ///
    /// - Parameter spec: The job.
    /// - Throws: `JobError` (InvalidRequest) where the picture is none that is taken.
    init?(_ spec: JobSpec) throws {
        guard let product = spec.options.product else { return nil }
        var picture: Bitmap?
        if let name = product.image {
            guard let path = spec.picture else {
                throw Self.invalid(spec, name, "is not beside the video; put it there, or name one that is")
            }
            do { picture = try BitmapReader.read(path, longSide: Self.longSide) } catch let refusal
                as PictureFile.Refusal
            {
                throw Self.invalid(spec, name, "\(refusal); take another picture")
            }
        }
        digest = try spec.picture.map { try SHA256.of($0) }
        titles = ProductTitles(
            name: product.name,
            callToAction: product.callToAction ?? "",
            style: spec.style,
            picture: picture
        )
    }

    private static func invalid(_ spec: JobSpec, _ name: FilePath, _ reason: String) -> JobError {
        JobError(
            .invalidRequest,
            "The request for '\(spec.name.display)' cannot be done: its \"product_image\" '\(name.display)' \(reason).",
            detail: "product_image"
        )
    }

    /// Larger than any card shows it.
    private static let longSide = 2160
}
