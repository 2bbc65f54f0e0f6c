//! Operations.

/// What an operation does in a call, within its `impl Operation`: it writes its input, reads its output, and knows its errors.
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    ($input:ty, $output:ty, $error:ty) => {
        type Input = $input;
        type Output = $output;
        type Error = $error;

        fn encode(input: &Self::Input, writer: &mut $crate::json::Writer) {
            $crate::json::ToJson::write_json(input, writer);
        }

        fn decode(
            reader: &mut $crate::json::Reader<'_>,
        ) -> ::std::result::Result<::std::option::Option<Self::Output>, $crate::json::Error> {
            $crate::json::FromJson::read_json(reader)
        }

        fn set_request_id(output: &mut Self::Output, request_id: ::std::option::Option<::std::string::String>) {
            output._request_id = request_id;
        }

        fn error(reply: &$crate::error::ErrorReply<'_>) -> Self::Error {
            <$error>::from_reply(reply)
        }
    };
}
