"""`make bench`: the product as it is deployed, beside a hello view under the same server in the same run."""
