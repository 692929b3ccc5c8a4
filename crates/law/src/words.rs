//! Closed vocabularies: enums whose variants have one stable word each, the same in JSON, on the
//! command line and in databases.

/// A word that does not belong to the vocabulary it was read for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not one of {known}")]
pub struct UnknownWord {
    pub given: String,
    /// The words that would have been understood, separated by commas.
    pub known: String,
}

/// Declares an enum with one word per variant, and everything that follows from the words:
/// `ALL` in declaration order, `as_str`, `Display`, `FromStr`, `Serialize`, `Deserialize`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal ),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $word)] $variant ),+
        }

        impl $name {
            /// All variants in the order of their declaration.
            pub const ALL: &'static [$name] = &[ $( $name::$variant ),+ ];

            /// The stable word of this variant.
            pub const fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $word ),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(given: &str) -> Result<Self, Self::Err> {
                $name::ALL.iter().copied().find(|known| known.as_str() == given).ok_or_else(|| {
                    let known: Vec<&str> = $name::ALL.iter().map(|known| known.as_str()).collect();
                    $crate::UnknownWord { given: given.to_owned(), known: known.join(", ") }
                })
            }
        }
    };
}

pub(crate) use words;
